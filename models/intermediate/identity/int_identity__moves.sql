with

assignments as (

    select * from {{ ref('int_identity__registry') }}

),

-- most records never move
moved as (

    select record_id
    from assignments
    group by record_id
    having count(*) > 1

),

in_order as (

    select
        assignments.*,
        lag(assignments.customer_id) over (partition by assignments.record_id order by assignments.run) as former_customer_id
    from assignments
    inner join moved
        on assignments.record_id = moved.record_id

)

select
    record_id,
    former_customer_id,
    customer_id,
    run,
    assigned_date,
    reason
from in_order
where former_customer_id is not null

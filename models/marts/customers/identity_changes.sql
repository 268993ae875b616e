with

lives as (

    select * from {{ ref('int_identity__customer_lives') }}

),

moves as (

    select
        former_customer_id,
        customer_id,
        run,
        min(assigned_date) as changed_date,
        count(*) as records,
        min(reason) as reason
    from {{ ref('int_identity__moves') }}
    group by former_customer_id, customer_id, run

),

between_customers as (

    select
        moves.customer_id,
        case
            when givers.retired_run = moves.run and takers.first_run < moves.run then 'merged'
            when takers.first_run = moves.run then 'split'
            else 'reassigned'
        end as change,
        moves.former_customer_id as other_customer_id,
        moves.records,
        moves.reason,
        moves.changed_date,
        moves.run
    from moves
    inner join lives as givers
        on moves.former_customer_id = givers.customer_id
    inner join lives as takers
        on moves.customer_id = takers.customer_id

),

-- a customer who begins with records of another one is a split, not a creation
created as (

    select
        registry.customer_id,
        'created' as change,
        cast(null as {{ dbt.type_string() }}) as other_customer_id,
        count(*) as records,
        min(registry.reason) as reason,
        min(registry.assigned_date) as changed_date,
        registry.run
    from {{ ref('int_identity__registry') }} as registry
    inner join lives
        on registry.customer_id = lives.customer_id
        and registry.run = lives.first_run
    left join between_customers
        on registry.customer_id = between_customers.customer_id
        and registry.run = between_customers.run
    where between_customers.customer_id is null
    group by registry.customer_id, registry.run

),

changes as (

    select * from created
    union all
    select * from between_customers

)

select
    -- keys
    customer_id,
    other_customer_id,

    -- facts
    change,
    reason,
    records,
    run,

    -- dates
    changed_date
from changes

with

assignments as (

    select * from {{ ref('int_identity__registry') }}

),

newest as (

    select
        record_id,
        max_by(customer_id, run) as customer_id
    from assignments
    group by record_id

),

alive as (

    select distinct customer_id
    from newest

),

first_runs as (

    select
        customer_id,
        min(run) as first_run,
        min(assigned_date) as first_date
    from assignments
    group by customer_id

),

last_losses as (

    select
        former_customer_id as customer_id,
        max(run) as run,
        max(assigned_date) as lost_date
    from {{ ref('int_identity__moves') }}
    group by former_customer_id

),

lives as (

    select
        first_runs.customer_id,
        first_runs.first_run,
        first_runs.first_date,
        case when alive.customer_id is null then last_losses.run end as retired_run,
        case when alive.customer_id is null then last_losses.lost_date end as retired_date
    from first_runs
    left join alive
        on first_runs.customer_id = alive.customer_id
    left join last_losses
        on first_runs.customer_id = last_losses.customer_id

)

select * from lives

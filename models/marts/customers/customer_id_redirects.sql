with

retired as (

    select * from {{ ref('int_identity__customer_lives') }}
    where retired_run is not null

),

-- its records know where they are now, however often they have moved since
records as (

    select distinct
        moves.former_customer_id as retired_customer_id,
        moves.record_id
    from {{ ref('int_identity__moves') }} as moves
    inner join retired
        on moves.former_customer_id = retired.customer_id

),

owners as (

    select
        registry.record_id,
        max_by(registry.customer_id, registry.run) as customer_id
    from {{ ref('int_identity__registry') }} as registry
    inner join records
        on registry.record_id = records.record_id
    group by registry.record_id

),

shares as (

    select
        records.retired_customer_id,
        owners.customer_id,
        count(*) as records
    from records
    inner join owners
        on records.record_id = owners.record_id
    group by records.retired_customer_id, owners.customer_id

),

redirects as (

    select
        -- keys
        retired.customer_id as retired_customer_id,
        min_by(shares.customer_id, cast(1000000000 - shares.records as {{ dbt.type_string() }}) || shares.customer_id) as customer_id,

        -- dates
        min(retired.retired_date) as retired_date
    from retired
    inner join shares
        on retired.customer_id = shares.retired_customer_id
    group by retired.customer_id

)

select * from redirects

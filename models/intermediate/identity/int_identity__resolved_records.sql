{{ config(materialized='table') }}

with

records as (

    select * from {{ ref('int_identity__source_records') }}

),

customers_of_records as (

    select
        record_id,
        max_by(customer_id, run) as customer_id
    from {{ ref('int_identity__registry') }}
    group by record_id

),

strongest_edges as (

    select
        record_b as record_id,
        min(priority) as priority
    from {{ ref('int_identity__edges') }}
    group by record_b

),

rules as (

    select * from {{ ref('identifier_rules') }}

),

resolved as (

    select
        records.record_id,
        records.source_system,
        records.source_table,
        records.source_key,
        customers_of_records.customer_id,
        coalesce(rules.identifier_type, 'alone') as matched_by,
        records.first_seen_at
    from records
    inner join customers_of_records
        on records.record_id = customers_of_records.record_id
    left join strongest_edges
        on records.record_id = strongest_edges.record_id
    left join rules
        on strongest_edges.priority = rules.priority

)

select * from resolved

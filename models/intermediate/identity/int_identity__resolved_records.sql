{{ config(materialized='table') }}

with

grouped as (

    select * from {{ ref('int_identity__grouped_records') }}

),

customers_of_records as (

    select
        record_id,
        max_by(customer_id, run) as customer_id
    from {{ ref('int_identity__registry') }}
    group by record_id

),

resolved as (

    select
        grouped.record_id,
        grouped.source_system,
        grouped.source_table,
        grouped.source_key,
        customers_of_records.customer_id,
        grouped.matched_by,
        grouped.first_seen_at
    from grouped
    inner join customers_of_records
        on grouped.record_id = customers_of_records.record_id

)

select * from resolved

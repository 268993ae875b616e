{{
    config(
        materialized='incremental' if target.type == 'duckdb' else 'table',
        incremental_strategy='delete+insert',
        unique_key='record_id',
        on_schema_change='fail'
    )
}}

with

grouped as (

    select * from {{ ref('int_identity__touched_records') }}

),

assigned as (

    select
        registry.record_id,
        max_by(registry.customer_id, registry.run) as customer_id
    from {{ ref('int_identity__registry') }} as registry
    inner join grouped
        on registry.record_id = grouped.record_id
    group by registry.record_id

),

settled as (

    select
        grouped.record_id,
        grouped.source_system,
        grouped.source_table,
        grouped.source_key,
        grouped.tied_group_id,
        grouped.group_id,
        assigned.customer_id,
        grouped.matched_by,
        grouped.first_seen_at,
        (select max(touched.resolution) from {{ ref('int_identity__touched_groups') }} as touched) as resolution
    from grouped
    inner join assigned
        on grouped.record_id = assigned.record_id

)

select * from settled
{% if is_incremental() %}

union all by name

-- a record that is gone stays here, without a customer
select
    standing.record_id,
    touched_groups.resolution
from {{ this }} as standing
inner join {{ ref('int_identity__touched_groups') }} as touched_groups
    on standing.group_id = touched_groups.group_id
left join grouped
    on standing.record_id = grouped.record_id
where grouped.record_id is null
{% endif %}

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

known as (

    select * from {{ ref('int_identity__known_records') }}

),

-- what this run gave, unless it changed nothing: then it is what the one before gave
given as (

    select
        record_id,
        customer_id
    from {{ ref('int_identity__registry') }}
    where run = (select max(registry.run) from {{ ref('int_identity__registry') }} as registry)

),

settled as (

    select
        grouped.record_id,
        split_part(grouped.record_key, '.', 1) as source_system,
        split_part(split_part(grouped.record_key, ':', 1), '.', 2) as source_table,
        substr(grouped.record_key, instr(grouped.record_key, ':') + 1) as source_key,
        grouped.tied_group_id,
        grouped.group_id,
        coalesce(given.customer_id, known.customer_id) as customer_id,
        grouped.matched_by,
        grouped.first_seen_at,
        (select max(touched.resolution) from {{ ref('int_identity__touched_groups') }} as touched) as resolution
    from grouped
    left join given
        on grouped.record_id = given.record_id
    left join known
        on grouped.record_id = known.record_id

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

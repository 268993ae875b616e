{{ config(materialized='table') }}

with

counted as (

    {% for system, table, _ in raw_tables() %}
    {% set contract = source_contract(system, table) %}
    {% set key = contract['quoted_key'] | join(', ') or '1' %}
    select
        '{{ system }}' as source_system,
        '{{ table }}' as source_table,
        (select count(*) from {{ source(system, table) }}) as raw_rows,
        cast(coalesce(sum(versions.contents - 1), 0) as bigint) as older_versions,
        cast(coalesce(sum(versions.deliveries - versions.contents), 0) as bigint) as exact_duplicates
    from (
        select
            count(*) as deliveries,
            count(distinct {{ content_digest(contract, 'accepted') }}) as contents
        from ({{ typed_rows(system, table) }}) as accepted
        where reject_reason is null and ({{ key }}) in (
            select {{ key }} from ({{ typed_rows(system, table) }}) as typed
            where reject_reason is null
            group by {{ key }}
            having count(*) > 1
        )
        group by {{ key }}
    ) as versions
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from counted

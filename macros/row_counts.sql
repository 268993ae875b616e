{#- One row that says how many rows came for a raw table, and how many of the accepted ones are older versions or exact duplicates. -#}
{% macro row_counts(system, table) -%}
    {{ return(adapter.dispatch('row_counts', 'customer_360')(system, table)) }}
{%- endmacro %}

{#- One pass over everything: Spark pays more for looking at the files again than for a digest of each row. -#}
{% macro default__row_counts(system, table) -%}
    {%- set contract = source_contract(system, table) -%}
    select
        '{{ system }}' as source_system,
        '{{ table }}' as source_table,
        cast(coalesce(sum(versions.deliveries), 0) as bigint) as raw_rows,
        cast(coalesce(sum(case when versions.is_accepted then versions.contents - 1 end), 0) as bigint) as older_versions,
        cast(
            coalesce(sum(case when versions.is_accepted then versions.deliveries - versions.contents end), 0) as bigint
        ) as exact_duplicates
    from (
        select
            reject_reason is null as is_accepted,
            count(*) as deliveries,
            count(distinct {{ content_digest(contract, 'typed') }}) as contents
        from ({{ typed_rows(system, table) }}) as typed
        group by reject_reason is null, {{ contract['quoted_key'] | join(', ') or '1' }}
    ) as versions
{%- endmacro %}

{#- Few keys come twice, and only for those the digest is worth its cost. -#}
{% macro duckdb__row_counts(system, table) -%}
    {%- set contract = source_contract(system, table) -%}
    {%- set key = contract['quoted_key'] | join(', ') or '1' -%}
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
        where reject_reason is null
            and ({{ key }}) in (select {{ key }} from ({{ repeated_keys(system, table) }}) as repeated)
        group by {{ key }}
    ) as versions
{%- endmacro %}

{#- How many rows came for a raw table (`raw`), and how many of the readable ones were not staged: an `older_version` of a key, a
    `duplicate` (the same row again), `suppressed` (deleted at the source); with the money they carry, by currency, where the contract names it. -#}
{% macro row_outcomes(system, table) -%}
    {%- set raw = raw_table(system, table) -%}
    select
        '{{ system }}' as source_system,
        '{{ table }}' as source_table,
        currency,
        outcome,
        cast(count(*) as bigint) as row_count,
        cast(sum(amount) as decimal(18, 2)) as amount
    from ({{ adapter.dispatch('outcome_of_rows', 'customer_360')(raw) }}) as outcomes
    where outcome is not null
    group by currency, outcome
{%- endmacro %}

{#- One pass over everything: Spark pays more for looking at the files again than for a digest of each row. -#}
{% macro default__outcome_of_rows(raw) -%}
    select
        {{ row_money(raw) }},
        kinds.kind as outcome
    from ({{ outcome_of_versions(raw) }}) as versions
    inner join (select 'raw' as kind union all select 'older_version' union all select 'duplicate' union all select 'suppressed') as kinds
        on kinds.kind = 'raw' or (kinds.kind = versions.outcome and versions.reject_reason is null)
{%- endmacro %}

{#- Few keys come twice, and only those are ranked. What came is counted from the bare table, whatever staging makes of it. -#}
{% macro duckdb__outcome_of_rows(raw) -%}
    with

    repeated as (

        {{ repeated_keys(raw) }}

    )

    select
        {{ row_money(raw) }},
        'raw' as outcome
    from ({{ typed_columns(raw, money_columns(raw)) }}) as raw

    union all

    select
        {{ row_money(raw) }},
        outcome
    from ({{ outcome_of_versions(raw, keys='repeated') }}) as versions
    where reject_reason is null

    {%- if raw.get('suppressed_when') %}

    union all

    select
        {{ row_money(raw) }},
        'suppressed' as outcome
    from ({{ typed_rows(raw, columns=raw['key'] + [raw['suppressed_when']] + money_columns(raw)) }}) as accepted
    where reject_reason is null
        and {{ is_suppressed(raw) }}
        and ({{ raw['quoted_key'] | join(', ') }}) not in (select {{ raw['quoted_key'] | join(', ') }} from repeated)
    {%- endif %}
{%- endmacro %}

{#- Each row with its outcome; null for the one row of a key that staging keeps. -#}
{% macro outcome_of_versions(raw, keys=none) -%}
    select
        digested.*,
        case
            when row_number() over (partition by reject_reason is null, {{ raw['quoted_key'] | join(', ') or '1' }}, content order by content) > 1 then 'duplicate'
            when dense_rank() over (
                partition by reject_reason is null, {{ raw['quoted_key'] | join(', ') or '1' }}
                order by {{ newest_first(raw) }} content desc
            ) > 1 then 'older_version'
            when {{ is_suppressed(raw) }} then 'suppressed'
        end as outcome
    from (
        select
        {%- for column in outcome_columns(raw) %}
            {{ adapter.quote(column) }},
        {%- endfor %}
            reject_reason,
            {{ content_digest(raw) }} as content
        from ({{ typed_rows(raw, keys=keys) }}) as accepted
    ) as digested
{%- endmacro %}

{#- What is needed of a row besides its content. -#}
{% macro outcome_columns(raw) -%}
    {%- set columns = raw['key'] + raw['newest_by'] + money_columns(raw) -%}
    {{ return((columns + ([raw['suppressed_when']] if raw.get('suppressed_when') else [])) | unique | list) }}
{%- endmacro %}

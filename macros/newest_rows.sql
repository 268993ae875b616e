{#- The rows of a raw table that count: typed, without rejects, the newest version of each key.
    Versions of the same instant are told apart by their content, so that the order of delivery never decides. -#}
{% macro newest_rows(system, table) -%}
    {{ return(adapter.dispatch('newest_rows', 'customer_360')(system, table)) }}
{%- endmacro %}

{#- One window over everybody: Spark computes a CTE anew wherever it is named, and shuffles by key either way. -#}
{% macro default__newest_rows(system, table) -%}
    {%- set contract = source_contract(system, table) -%}
    select {{ contract['quoted_columns'] | join(', ') }}
    from (
        select
            accepted.*,
            {{ version_rank(contract) }} as version_rank
        from ({{ typed_rows(system, table) }}) as accepted
        where reject_reason is null
    ) as ranked
    where version_rank = 1
{%- endmacro %}

{#- Only keys that came more than once are ranked: nearly all rows pass untouched, and no window runs over everybody. -#}
{% macro duckdb__newest_rows(system, table) -%}
    {%- set contract = source_contract(system, table) -%}
    {%- set key = contract['quoted_key'] -%}
    with

    accepted as (

        select * from ({{ typed_rows(system, table) }}) as typed
        where reject_reason is null

    ),

    repeated as (

        {{ repeated_keys(system, table) }}

    ),

    ranked as (

        select
            accepted.*,
            {{ version_rank(contract) }} as version_rank
        from accepted
        inner join repeated
            on {% for k in key %}accepted.{{ k }} = repeated.{{ k }}{{ ' and ' if not loop.last }}{% endfor %}

    )

    select {{ contract['quoted_columns'] | join(', ') }}
    from accepted
    where not exists (
        select 1 from repeated
        where {% for k in key %}accepted.{{ k }} = repeated.{{ k }}{{ ' and ' if not loop.last }}{% endfor %}
    )

    union all

    select {{ contract['quoted_columns'] | join(', ') }}
    from ranked
    where version_rank = 1
{%- endmacro %}

{% macro version_rank(contract) -%}
    row_number() over (
        partition by {% for k in contract['quoted_key'] %}accepted.{{ k }}{{ ', ' if not loop.last }}{% endfor %}
        order by
        {%- for column in contract['newest_by'] %}
            accepted.{{ adapter.quote(column) }} desc nulls last,
        {%- endfor %}
            {{ content_digest(contract, 'accepted') }} desc
    )
{%- endmacro %}

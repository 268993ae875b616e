{#- A raw table with the types of its contract, and the reason for which a row must be rejected (null: none). Only what is asked for is
    written into the query: over seventy tables, planning it costs more than running it.
    `keys`: a relation; only rows of the keys in it are read. `columns`: which to put out; all, unless told. `with_row`: the row as it came, too. -#}
{% macro typed_rows(raw, keys=none, columns=none, with_row=false) -%}
    {%- set wanted = columns if columns is not none else raw['columns'] | map(attribute='name') | list -%}
    {%- set needed = [] -%}
    {%- for column in raw['columns'] if column.name in wanted + raw['key'] + raw['not_null'] + raw['currencies'] or column.data_type != 'string' -%}
        {%- do needed.append(column) -%}
    {%- endfor -%}
    select
    {%- for column in wanted %}
        {{ adapter.quote('typed_' ~ column) }} as {{ adapter.quote(column) }},
    {%- endfor %}
    {%- if with_row %}
        raw_row,
    {%- endif %}
        {{ reject_reason(raw) if raw['columns'] else 'null' }} as reject_reason
    from (
        select
            said.*
        {%- for column in needed %},
            {{ typed(adapter.quote('said_' ~ column.name), column.data_type, is_text(raw, column.name)) }} as {{ adapter.quote('typed_' ~ column.name) }}
        {%- endfor %}
        from (
            select
                {{ row_as_json(delivered_columns(raw)) if with_row and raw['columns'] else 'null' }} as raw_row
            {%- for column in needed %},
                {{ said(raw, column.name) }} as {{ adapter.quote('said_' ~ column.name) }}
            {%- endfor %}
            from {{ raw['relation'] }} as raw
        ) as said
    ) as typed
    {%- for column in raw['currencies'] %}
    left join (select currency_code as known_{{ column }} from {{ ref('currencies') }}) as currencies_of_{{ column }}
        on upper(typed.{{ adapter.quote('typed_' ~ column) }}) = currencies_of_{{ column }}.known_{{ column }}
    {%- endfor %}
    {%- if keys is not none %}
    where {{ same_key(raw, keys) }}
    {%- endif %}
{%- endmacro %}

{% macro same_key(raw, keys) -%}
    ({% for name in raw['key'] %}{{ adapter.quote('typed_' ~ name) }}{{ ', ' if not loop.last }}{% else %}1{% endfor %})
    in (select {{ raw['quoted_key'] | join(', ') or 'no_column' }} from {{ keys }})
{%- endmacro %}

{% macro delivered_columns(raw) -%}
    {%- set delivered = [] -%}
    {%- for column in raw['columns'] if not raw['types'] or column.name in raw['types'] -%}
        {%- do delivered.append(adapter.quote(column.name)) -%}
    {%- endfor -%}
    {{ return(delivered) }}
{%- endmacro %}

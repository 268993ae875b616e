{#- A value as its contract type; null when it cannot be read as that type. Text (trimmed, blank is null) is held to a form first: the
    engines' own casts are generous, and each in its own way ('1_000', '10:00', '2026/1/5'). -#}
{% macro typed(value, data_type, is_text=true) -%}
    {%- if data_type == 'string' -%}
        {{ value if is_text else 'cast(' ~ value ~ ' as ' ~ dbt.type_string() ~ ')' }}
    {%- elif data_type == 'bigint' -%}
        {{ whole_number(value, is_text) }}
    {%- elif not is_text -%}
        try_cast({{ value }} as {{ data_type }})
    {%- elif data_type == 'timestamp' -%}
        {{ parsed_timestamp(value) }}
    {%- elif data_type == 'date' -%}
        case when {{ regexp_like(value, '^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?$') }} then try_cast(substring({{ value }}, 1, 10) as date) end
    {%- elif data_type == 'boolean' -%}
        case when lower({{ value }}) in ('true', 't', 'yes', 'y', '1') then true when lower({{ value }}) in ('false', 'f', 'no', 'n', '0') then false end
    {%- else -%}
        case when {{ is_number(value) }} then try_cast({{ value }} as {{ data_type }}) end
    {%- endif -%}
{%- endmacro %}

{% macro is_number(text) -%}
    {{ regexp_like(text, '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$') }}
{%- endmacro %}

{#- '3.7' is not 3 on Spark nor 4 on DuckDB: a count with a fraction is no count. -#}
{% macro whole_number(value, is_text) -%}
    case when {{ is_number(value) ~ ' and ' if is_text }}try_cast({{ value }} as decimal(38, 6)) = floor(try_cast({{ value }} as decimal(38, 6)))
        then try_cast(try_cast({{ value }} as decimal(38, 6)) as bigint) end
{%- endmacro %}

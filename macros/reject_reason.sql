{#- Why a row of typed_rows cannot be used, as 'reason:column', or null. seeds/reject_reasons.csv says what each reason means.
    Blank is no value, so it can be missing but never wrong. A row has one reason: that of its key first, then what cannot be read at all. -#}
{% macro reject_reason(raw) -%}
    {%- set not_a = {'bigint': 'not_a_whole_number', 'timestamp': 'not_a_timestamp', 'date': 'not_a_date', 'boolean': 'not_a_boolean'} -%}
    case
    {%- for column in raw['columns'] if column.name in raw['key'] %}
        when {{ adapter.quote('said_' ~ column.name) }} is null then 'key_missing:{{ column.name }}'
    {%- endfor %}
    {%- for column in raw['columns'] if column.name in raw['not_null'] %}
        when {{ adapter.quote('said_' ~ column.name) }} is null then 'value_missing:{{ column.name }}'
    {%- endfor %}
    {%- for column in raw['columns'] if column.data_type != 'string' and not is_surely(raw, column) %}
        when {{ adapter.quote('typed_' ~ column.name) }} is null and {{ adapter.quote('said_' ~ column.name) }} is not null then
        {%- if column.data_type in not_a %} '{{ not_a[column.data_type] }}:{{ column.name }}'
        {%- else %} case when {{ regexp_like('lower(cast(' ~ adapter.quote('said_' ~ column.name) ~ ' as ' ~ dbt.type_string() ~ '))', '^[+-]?(nan|inf|infinity)$') }}
            then 'not_finite:{{ column.name }}' else 'not_a_number:{{ column.name }}' end
        {%- endif %}
    {%- endfor %}
    {%- for column in raw['columns'] if column.data_type in ('timestamp', 'date') %}
        {%- if column.name not in raw['long_ago'] %}
        when {{ adapter.quote('typed_' ~ column.name) }} < cast('1990-01-01' as date) then 'before_1990:{{ column.name }}'
        {%- endif %}
        {%- if column.name not in raw['ahead'] %}
        when cast({{ adapter.quote('typed_' ~ column.name) }} as date) > {{ latest_possible_day() }} then 'in_the_future:{{ column.name }}'
        {%- endif %}
    {%- endfor %}
    {%- for column in raw['currencies'] %}
        when {{ adapter.quote('typed_' ~ column) }} is not null and known_{{ column }} is null then 'unknown_currency:{{ column }}'
    {%- endfor %}
    {%- for column in raw['quantities'] %}
        when abs({{ adapter.quote('typed_' ~ column) }}) > {{ var('max_quantity') | int }} then 'absurd_quantity:{{ column }}'
    {%- endfor %}
    end
{%- endmacro %}

{#- Whether a column lies in raw with the very type of the contract, so that every value in it can be read. -#}
{% macro is_surely(raw, column) -%}
    {%- set raw_type = raw['types'].get(column.name, '') -%}
    {{ return(raw_type == column.data_type | upper | replace(' ', '') or (column.data_type == 'bigint' and raw_type in ('INTEGER', 'SMALLINT', 'TINYINT', 'UINTEGER'))) }}
{%- endmacro %}

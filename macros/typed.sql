{#- A raw column as its contract type; null when it is blank or cannot be read as that type (reject_reason tells the two apart). -#}
{% macro typed(column, data_type) -%}
    {%- if data_type == 'string' -%}
        nullif(trim(cast({{ column }} as {{ dbt.type_string() }})), '')
    {%- elif data_type == 'timestamp' -%}
        {{ utc_timestamp(column) }}
    {%- elif data_type == 'bigint' -%}
        {#- '3.7' is not 3 on Spark nor 4 on DuckDB: a count with a fraction is no count -#}
        case when try_cast({{ column }} as bigint) = try_cast({{ column }} as decimal(38, 6)) then try_cast({{ column }} as bigint) end
    {%- elif data_type == 'date' and target.type == 'spark' -%}
        {#- Spark alone would take '2026' for its first day -#}
        case when cast({{ column }} as string) like '____-%-%' then try_cast({{ column }} as date) end
    {%- else -%}
        try_cast({{ column }} as {{ data_type }})
    {%- endif -%}
{%- endmacro %}

{#- The number by which the identity layer knows a source record: 60 bits of md5 on 'system.table:key', the same in every run.
    Numbers because grouping text keys takes twice the time; md5 because DuckDB's hash() collides on regular keys; and two records
    of one number would stop the build (unique_grain on int_identity__source_records). -#}
{% macro record_id(record_key) -%}
    {{ return(adapter.dispatch('record_id', 'customer_360')(record_key)) }}
{%- endmacro %}

{% macro default__record_id(record_key) -%}
    cast(conv(left(md5({{ record_key }}), 15), 16, 10) as bigint)
{%- endmacro %}

{% macro duckdb__record_id(record_key) -%}
    cast('0x' || left(md5({{ record_key }}), 15) as bigint)
{%- endmacro %}

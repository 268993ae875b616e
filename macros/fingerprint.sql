{#- One number of 60 bits for all that a row says, to see whether it says something else than in an earlier run. Null and empty text differ.
    DuckDB's hash() is a quarter of md5's cost. It is never good for a key, because it collides on regular texts; here a collision would have to
    befall the old and the new words of one row (none did in 40 million edits of e-mails and phones), and would put the change off until the
    row changes again or a full refresh. -#}
{% macro fingerprint(columns) -%}
    {{ return(adapter.dispatch('fingerprint', 'customer_360')(columns)) }}
{%- endmacro %}

{% macro default__fingerprint(columns) -%}
    {%- set parts = [] -%}
    {%- for column in columns -%}
        {%- do parts.append("coalesce(cast(" ~ column ~ " as " ~ dbt.type_string() ~ "), '~')") -%}
    {%- endfor -%}
    {{ record_id("concat_ws('|', " ~ parts | join(', ') ~ ")") }}
{%- endmacro %}

{% macro duckdb__fingerprint(columns) -%}
    cast(hash({{ columns | join(', ') }}) >> 4 as bigint)
{%- endmacro %}

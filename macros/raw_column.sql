{#- A column of a raw table as it came; null where the table has none of that name. -#}
{% macro raw_column(raw, name) -%}
    {{ 'raw.' ~ adapter.quote(name) if not raw['types'] or name in raw['types'] else 'cast(null as ' ~ dbt.type_string() ~ ')' }}
{%- endmacro %}

{#- What a column says: text without the white space around it, and null where nothing is left. -#}
{% macro said(raw, name) -%}
    {%- if is_text(raw, name) -%}
        nullif({{ trimmed('cast(' ~ raw_column(raw, name) ~ ' as ' ~ dbt.type_string() ~ ')') }}, '')
    {%- else -%}
        {{ raw_column(raw, name) }}
    {%- endif -%}
{%- endmacro %}

{#- A type that is not known is taken for text, which is always right, if not always fast. -#}
{% macro is_text(raw, name) -%}
    {{ return(raw['types'].get(name, '') in ('', 'VARCHAR')) }}
{%- endmacro %}

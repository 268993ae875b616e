{#- 'Ａnn ４２' becomes 'ann 42': lower case, and full-width letters, digits and signs and Arabic digits as the plain ones. The capitals that
    the engines lower differently are lowered by name. DuckDB's translate() takes microseconds, so there only texts that need it pay. -#}
{% macro folded(text) -%}
    {{ return(adapter.dispatch('folded', 'customer_360')(text)) }}
{%- endmacro %}

{% macro default__folded(text) -%}
    {%- set wide, plain = [], [] -%}
    {%- for code in range(33, 127) if code not in (39, 92) -%}  {#- a quote and a backslash would have to be escaped -#}
        {%- do wide.append('%c' | format(code + 65248)) -%}
        {%- do plain.append('%c' | format(code)) -%}
    {%- endfor -%}
    lower(translate({{ text }}, 'İΣς。｡٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹{{ wide | join }}', 'iσσ..01234567890123456789{{ plain | join }}'))
{%- endmacro %}

{% macro duckdb__folded(text) -%}
    case when regexp_matches({{ text }}, '[٠-٩۰-۹。！-～｡]') then {{ default__folded(text) }} else replace(lower({{ text }}), 'ς', 'σ') end
{%- endmacro %}

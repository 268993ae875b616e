{#- 'https://example.com/a/b?c=d' becomes '/a/b': what follows may hold anything, so it stays behind. -#}
{% macro url_path(url) -%}
    case when {{ url }} like '%://%' then '/' || regexp_extract({{ url }}, '^[A-Za-z-]+://[^/?#]*/([^?#;]*)', 1) end
{%- endmacro %}

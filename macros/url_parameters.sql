{#- 'https://example.com/a?utm_source=x&gclid=y#z' becomes 'utm_source&gclid': the names in the query, without what was said; null without any. -#}
{% macro url_parameters(url) -%}
    case
        when {{ url }} like '%?%'
            then nullif({{ regexp_replace_all("split_part(split_part(" ~ url ~ ", '?', 2), '#', 1)", '=[^&]*', '') }}, '')
    end
{%- endmacro %}

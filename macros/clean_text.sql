{#- ' Ann\tLee@Shop.COM ' becomes 'annlee@shop.com': lower case, without white space, control or zero-width characters, because
    what copy and paste adds must not hide that two values are equal. -#}
{% macro clean_text(column) -%}
    {{ regexp_replace_all('lower(' ~ column ~ ')', '[\\x00-\\x20\\x7f\\x{00a0}\\x{200b}-\\x{200f}\\x{2060}\\x{feff}]', '') }}
{%- endmacro %}

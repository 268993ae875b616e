{#- What is compared of a postal code: ' sw1a-1aa' becomes 'SW1A1AA'. -#}
{% macro clean_postal_code(column) -%}
    nullif(upper(case
        when {{ is_ascii(column) }} then {{ regexp_replace_all('lower(' ~ column ~ ')', '[^a-z0-9]', '') }}
        else {{ regexp_replace_all(unaccented(folded(column)), '[^a-z0-9]', '') }}
    end), '')
{%- endmacro %}

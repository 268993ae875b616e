{#- What is compared of a line of an address: ' 12/B, Königs-Allee' becomes '12 b konigs allee'. Words and numbers, one blank between them. -#}
{% macro clean_street(column) -%}
    nullif(trim(case
        when {{ is_ascii(column) }} then {{ regexp_replace_all('lower(' ~ column ~ ')', '[^a-z0-9]+', ' ') }}
        else {{ regexp_replace_all(unaccented(folded(column)), '[^\\p{L}\\p{M}\\p{N}]+', ' ') }}
    end), '')
{%- endmacro %}

{#- What is compared of a given or family name: "O'Neill-Smíth" becomes 'oneillsmith'. Letters only, without accents; other scripts as they are. -#}
{% macro clean_name(column) -%}
    nullif(case
        when {{ is_ascii(column) }} then {{ regexp_replace_all('lower(' ~ column ~ ')', '[^a-z]', '') }}
        else {{ regexp_replace_all(unaccented(folded(column)), '[^\\p{L}\\p{M}]', '') }}
    end, '')
{%- endmacro %}

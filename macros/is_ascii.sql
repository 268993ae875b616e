{#- Whether a text has none but the letters, digits and signs of a typewriter, as nearly all have: what other letters need can then be left out. -#}
{% macro is_ascii(text) -%}
    bit_length({{ text }}) = 8 * length({{ text }})
{%- endmacro %}

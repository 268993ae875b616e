{#- The value of a var that becomes SQL text, once it has the form it must have; anything else stops the run. -#}
{% macro held_to_form(name, value, form, meaning) -%}
    {%- if not modules.re.fullmatch(form, value) -%}
        {{ exceptions.raise_compiler_error("var " ~ name ~ " must be " ~ meaning ~ ", not '" ~ value ~ "'") }}
    {%- endif -%}
    {{ return(value) }}
{%- endmacro %}

{#- The column of int_acquisition__customers by whose values models are fitted apart, as the var says; a null when all are fitted together. -#}
{% macro clv_scope() -%}
    {%- set column = held_to_form(
        'clv_fit_by', var('clv_fit_by') | string, 'none|acquisition_channel|country_code', 'none, acquisition_channel or country_code'
    ) -%}
    {{ 'cast(null as ' ~ dbt.type_string() ~ ')' if column == 'none' else column }}
{%- endmacro %}

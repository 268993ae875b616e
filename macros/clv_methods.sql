{#- The methods that a back-test compares: the models, and the two plain ones that a model has to beat. -#}
{% macro clv_methods() -%}
    {{ return(['bg_nbd', 'mbg_nbd', 'same_rate_as_before', 'segment_mean']) }}
{%- endmacro %}

{#- Gamma-Gamma: what a customer spends on a day with an order, between what the customer's own repeats cost and what everybody's do.
    From a CTE of parameters named gamma_gamma and one of history. -#}
{% macro expected_spend(history) -%}
    gamma_gamma.p * (gamma_gamma.gamma + {{ history }}.repeats * coalesce({{ history }}.mean_spend, 0))
    / (gamma_gamma.p * {{ history }}.repeats + gamma_gamma.q - 1)
{%- endmacro %}

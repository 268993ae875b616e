{#- The probability that a customer has not left, from a CTE of parameters that is named like its model and one of history: 1 / (1 + odds) with the odds
    a / (b + x - 1) ((alpha + T) / (alpha + t_x))^(r + x), in logarithms, because the power of a loyal customer is beyond any double.
    BG/NBD lets nobody leave before a first repeat. MBG/NBD does, and is BG/NBD with b one higher: one more coin was tossed.
    Null without parameters: `least` would pass over their null. -#}
{% macro alive_probability(model, history) -%}
    {%- set tossed = history ~ '.repeats - 1' if model == 'bg_nbd' else history ~ '.repeats' -%}
    case
        when {{ model }}.a is null then null
        {%- if model == 'bg_nbd' %}
        when {{ history }}.repeats = 0 then 1e0
        {%- endif %}
        else 1 / (1 + exp(least(
            700e0,
            ln({{ model }}.a) - ln({{ model }}.b + {{ tossed }})
            + ({{ model }}.r + {{ history }}.repeats)
            * (ln({{ model }}.alpha + {{ history }}.age_days) - ln({{ model }}.alpha + {{ history }}.last_repeat_age_days))
        )))
    end
{%- endmacro %}

{#- Rounds an amount half away from zero. A quotient of decimals is a double on DuckDB and a decimal on Spark, and 0.145 as a double
    lies below the half: six decimals first make both see the half. -#}
{% macro to_the_cent(amount) -%}
    cast(round(cast({{ amount }} as decimal(38, 6)), 2) as decimal(18, 2))
{%- endmacro %}

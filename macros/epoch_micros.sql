{#- Whole microseconds from 1970 to a UTC moment. -#}
{% macro epoch_micros(moment) -%}
    {{ return(adapter.dispatch('epoch_micros', 'customer_360')(moment)) }}
{%- endmacro %}

{% macro default__epoch_micros(moment) -%}
    unix_micros({{ moment }})
{%- endmacro %}

{% macro duckdb__epoch_micros(moment) -%}
    epoch_us({{ moment }})
{%- endmacro %}

{#- What a scratch table of this model is called; see scratch_tables. -#}
{% macro scratch_name(suffix) -%}
    {{ return(adapter.dispatch('scratch_name', 'customer_360')(suffix)) }}
{%- endmacro %}

{% macro default__scratch_name(suffix) -%}
    {{ return(this.incorporate(path={'identifier': this.identifier ~ '__' ~ suffix}, type='table')) }}
{%- endmacro %}

{% macro duckdb__scratch_name(suffix) -%}
    {{ return(adapter.quote(this.identifier ~ '__' ~ suffix)) }}
{%- endmacro %}

{#- A moment and some texts as one value that compares by the moment first: the least is the earliest row's, and comes as a whole. A text that
    is null becomes empty, because the engines sort nulls differently. -#}
{% macro struct_of(moment, texts) -%}
    {{ return(adapter.dispatch('struct_of', 'customer_360')(moment, texts)) }}
{%- endmacro %}

{% macro default__struct_of(moment, texts) -%}
    named_struct('{{ moment }}', {{ moment }}{% for text in texts %}, '{{ text }}', coalesce({{ text }}, ''){% endfor %})
{%- endmacro %}

{% macro duckdb__struct_of(moment, texts) -%}
    struct_pack({{ moment }} := {{ moment }}{% for text in texts %}, {{ text }} := coalesce({{ text }}, ''){% endfor %})
{%- endmacro %}

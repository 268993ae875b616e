{#- materialized='written_in_parts': a table whose select is a union of so many others that planning them at once takes longer than running
    them, since it grows with the square of their number. Each part that ends in `union all -- next part` is a statement of its own. -#}
{% materialization written_in_parts, default, supported_languages=['sql'] %}
    {%- set parts = sql.split('union all -- next part') -%}
    {{ run_hooks(pre_hooks) }}
    {{ return(written_table(parts[0], [], more=parts[1:])) }}
{% endmaterialization %}

{#- materialized='written_in_parts': a table whose select is a union of so many others that planning them at once takes longer than running
    them, since it grows with the square of their number. `union all -- next part` stands between parts; ten of them are a statement. -#}
{% materialization written_in_parts, default, supported_languages=['sql'] %}
    {%- set statements = [] -%}
    {%- for parts in sql.split('union all -- next part') | batch(10) -%}{%- do statements.append(parts | join('union all')) -%}{%- endfor -%}
    {{ run_hooks(pre_hooks) }}
    {{ return(written_table(statements[0], [], more=statements[1:])) }}
{% endmaterialization %}

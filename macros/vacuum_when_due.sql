{#- On DuckDB, has the checkpoint at the end of a run vacuum the warehouse when a quarter of the rows of a table that this run changed is dead.
    DuckDB would do so at every checkpoint, and rewrite the last few 100,000 rows of every table that is kept from run to run, however little
    has changed; before a quarter is dead it can save no more than those (four row groups are then as full as three). -#}
{% macro vacuum_when_due() -%}
    {%- set shares = [] -%}
    {%- if execute and target.type == 'duckdb' and flags.WHICH in ('build', 'run') -%}
        {%- for result in results if result.status == 'success' and result.node.config.materialized in ('incremental', 'connected_components') -%}
            {%- set kept = result.node -%}
            {%- do shares.append(
                'select 1 - (select count(*) from ' ~ kept.relation_name ~ ') / estimated_size as dead from duckdb_tables()'
                ~ " where schema_name = '" ~ kept.schema ~ "' and table_name = '" ~ kept.alias ~ "' and estimated_size > 0"
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if shares -%}
        {%- set dead = run_query('select max(dead) from (' ~ shares | join(' union all ') ~ ') as shares').columns[0].values()[0] -%}
        {%- if dead is not none and dead > 0.25 -%}{{ return('set max_vacuum_tasks = 100') }}{%- endif -%}
    {%- endif -%}
{%- endmacro %}

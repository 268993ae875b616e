{#- How dbt fills a seed on Spark. Its own way writes an empty text as 'None' and breaks at an apostrophe (seen with dbt-spark 1.11.0). -#}
{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- set insert -%}
        insert into {{ this }} values
        {% for row in agate_table.rows -%}
        (
            {%- for name in agate_table.column_names -%}
                {%- set value = row[loop.index0] -%}
                cast(
                    {%- if value is none -%}null{%- else -%}'{{ dbt.escape_single_quotes(value | string) }}'{%- endif %}
                    as {{ types[name] }}){{ ', ' if not loop.last }}
            {%- endfor -%}
        ){{ ',' if not loop.last }}
        {% endfor -%}
    {%- endset -%}
    {%- do adapter.add_query(insert, abridge_sql_log=True) -%}
    {{ return(insert) }}
{%- endmacro %}

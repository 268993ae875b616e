{#- An incremental strategy: the sessions that may still have changed make room for what this run made of them. Neither a key nor a day names
    them: a late event makes one session of two, and the day of the second may be left without any. -#}
{% macro get_incremental_open_sessions_sql(arguments) -%}
    {%- set target, columns = arguments['target_relation'], get_quoted_csv(arguments['dest_columns'] | map(attribute='name')) -%}
    delete from {{ target }}
    where ended_at >= {{ sessions_final_until(target) }} - {{ session_gap() }};

    insert into {{ target }} ({{ columns }})
    select {{ columns }} from {{ arguments['temp_relation'] }}
{%- endmacro %}

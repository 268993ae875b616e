{{ config(materialized='written_in_parts') }}

-- depends_on: {{ ref('currencies') }}
{% for system, table, _ in raw_tables() %}
{% set raw = raw_table(system, table) %}
select
    '{{ system }}' as source_system,
    '{{ table }}' as source_table,
    concat_ws('|'{% for column in raw['quoted_key'] %}, cast({{ column }} as {{ dbt.type_string() }}){% endfor %}, cast(null as {{ dbt.type_string() }})) as source_key,
    split_part(reject_reason, ':', 1) as reason,
    split_part(reject_reason, ':', 2) as column_name,
    {{ row_money(raw) }},
    raw_row
from ({{ typed_rows(raw, columns=raw['key'] + money_columns(raw), with_row=true) }}) as typed
where reject_reason is not null
{{ 'union all -- next part' if not loop.last }}
{% endfor %}

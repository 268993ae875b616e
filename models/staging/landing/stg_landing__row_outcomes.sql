{{ config(materialized='written_in_parts') }}

-- depends_on: {{ ref('currencies') }}
{% for system, table, _ in raw_tables() %}
{{ row_outcomes(system, table) }}
{{ 'union all -- next part' if not loop.last }}
{% endfor %}

{{ config(materialized='written_in_parts') }}

-- depends_on: {{ ref('currencies') }}
{% for system, table, _ in raw_tables() %}
{{ row_outcomes(system, table) }}
{% if not loop.last %}union all{{ ' -- next part' if loop.index is divisibleby 10 }}{% endif %}
{% endfor %}

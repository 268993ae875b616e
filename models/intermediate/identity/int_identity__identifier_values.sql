{{
    config(
        materialized='incremental' if target.type == 'duckdb' else 'table',
        incremental_strategy='delete+insert',
        unique_key=['identifier_type', 'identifier_value'],
        on_schema_change='fail'
    )
}}

with

values_in_use as (

    select * from {{ ref('int_identity__value_use') }}

),

verdicts as (

    select * from {{ ref('int_identity__weak_verdicts') }}

),

judged as (

    select
        values_in_use.identifier_type,
        values_in_use.identifier_value,
        values_in_use.records,
        values_in_use.first_record_id,
        coalesce(values_in_use.unusable_reason, verdicts.unusable_reason) as unusable_reason,
        case when values_in_use.unusable_reason is null then verdicts.narrowed_by end as narrowed_by
    from values_in_use
    left join verdicts
        on values_in_use.identifier_type = verdicts.identifier_type
        and values_in_use.identifier_value = verdicts.identifier_value

)

select judged.*
from judged
{% if is_incremental() %}
-- what is judged as it was need not be written again
left join {{ this }} as standing
    on judged.identifier_type = standing.identifier_type
    and judged.identifier_value = standing.identifier_value
where
    standing.identifier_value is null
    {% for column in ['records', 'first_record_id', 'unusable_reason', 'narrowed_by'] %}
    or judged.{{ column }} is distinct from standing.{{ column }}
    {% endfor %}
{% endif %}

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
        case when values_in_use.unusable_reason is null then verdicts.narrowed_by end as narrowed_by,
        values_in_use.standing_records,
        values_in_use.standing_unusable_reason,
        values_in_use.standing_narrowed_by
    from values_in_use
    left join verdicts
        on values_in_use.identifier_type = verdicts.identifier_type
        and values_in_use.identifier_value = verdicts.identifier_value

)

select
    identifier_type,
    identifier_value,
    records,
    first_record_id,
    unusable_reason,
    narrowed_by
from judged
-- what is judged as it was need not be written again
where
    standing_records is null
    {% for column in ['records', 'unusable_reason', 'narrowed_by'] %}
    or {{ column }} is distinct from standing_{{ column }}
    {% endfor %}

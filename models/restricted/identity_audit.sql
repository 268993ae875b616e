with

records as (

    select * from {{ ref('int_identity__resolved_records') }}

),

known_records as (

    select record_key from {{ ref('int_identity__matched_records') }}
    where record_key is not null

),

guarded as (

    select
        identifier_type,
        identifier_value,
        coalesce(unusable_reason, case when narrowed_by = 'time' then 'handed_on' else 'several_people' end) as guard
    from {{ ref('int_identity__identifier_values') }}
    where unusable_reason is not null or narrowed_by is not null

),

guarded_values as (

    select
        guarded.guard,
        guarded.identifier_type,
        guarded.identifier_value,
        cast(null as {{ dbt.type_string() }}) as record_key,
        count(distinct identifiers.record_id) as records,
        count(distinct records.customer_id) as customers
    from guarded
    inner join {{ ref('int_identity__identifiers') }} as identifiers
        on guarded.identifier_type = identifiers.identifier_type
        and guarded.identifier_value = identifiers.identifier_value
    left join records
        on identifiers.record_id = records.record_id
    group by guarded.guard, guarded.identifier_type, guarded.identifier_value

),

guarded_records as (

    select
        matched.guard,
        cast(null as {{ dbt.type_string() }}) as identifier_type,
        cast(null as {{ dbt.type_string() }}) as identifier_value,
        matched.record_key,
        cast(1 as bigint) as records,
        cast(case when records.record_id is not null then 1 else 0 end as bigint) as customers
    from {{ ref('int_identity__matched_records') }} as matched
    left join records
        on matched.record_id = records.record_id
    where
        matched.guard is not null
        and matched.record_key is not null
        -- a fuzzy link may have made the two owners of a shared device one
        and (matched.guard <> 'shared_device' or records.record_id is null)

),

-- a decision about a record that does not exist would otherwise do nothing in silence
unknown_records as (

    {% for record in ['record_a', 'record_b'] %}
    select distinct
        'unknown_record' as guard,
        cast(null as {{ dbt.type_string() }}) as identifier_type,
        cast(null as {{ dbt.type_string() }}) as identifier_value,
        overrides.{{ record }} as record_key,
        cast(0 as bigint) as records,
        cast(0 as bigint) as customers
    from {{ ref('identity_overrides') }} as overrides
    left join known_records
        on overrides.{{ record }} = known_records.record_key
    where known_records.record_key is null
    {{ 'union' if not loop.last }}
    {% endfor %}

),

audited as (

    select * from guarded_values
    union all
    select * from guarded_records
    union all
    select * from unknown_records

)

select
    -- facts
    guard,
    identifier_type,
    identifier_value,
    record_key,
    records,
    customers
from audited

with

identifiers as (

    select * from {{ ref('int_identity__open_identifiers') }}
    where not is_device

),

weak_values as (

    select * from {{ ref('int_identity__value_use') }}
    where strength = 'weak' and unusable_reason is null and records > 1

),

strong_groups as (

    select * from {{ ref('int_identity__strong_groups') }}

),

cores as (

    select * from {{ ref('int_identity__cores') }}

),

carried as (

    select
        identifiers.identifier_type,
        identifiers.identifier_value,
        coalesce(strong_groups.component, identifiers.record_id) as core_id,
        min(identifiers.first_seen_at) as first_seen_at,
        max(identifiers.last_seen_at) as last_seen_at
    from identifiers
    inner join weak_values
        on identifiers.identifier_type = weak_values.identifier_type
        and identifiers.identifier_value = weak_values.identifier_value
    left join strong_groups
        on identifiers.record_id = strong_groups.node
    group by identifiers.identifier_type, identifiers.identifier_value, coalesce(strong_groups.component, identifiers.record_id)

),

described as (

    select
        carried.*,
        cores.given_name,
        cores.birth_date
    from carried
    left join cores
        on carried.core_id = cores.core_id

)

select * from described

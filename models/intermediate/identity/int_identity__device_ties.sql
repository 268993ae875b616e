with

device_identifiers as (

    select * from {{ ref('int_identity__open_identifiers') }}
    where is_device

),

unusable as (

    select * from {{ ref('int_identity__value_use') }}
    where unusable_reason is not null

),

usable as (

    select device_identifiers.*
    from device_identifiers
    left join unusable
        on device_identifiers.identifier_type = unusable.identifier_type
        and device_identifiers.identifier_value = unusable.identifier_value
    where unusable.identifier_value is null

),

groups as (

    select * from {{ ref('int_identity__groups') }}

),

ties as (

    select distinct
        ties.identifier_type,
        ties.identifier_value,
        ties.priority,
        groups.group_id
    from {{ ref('int_identity__ties') }} as ties
    inner join groups
        on ties.record_id = groups.record_id

),

-- whom somebody said that it is not
refused as (

    {% for device, person in [('record_a', 'record_b'), ('record_b', 'record_a')] %}
    select
        {{ record_id(device) }} as record_id,
        groups.group_id
    from {{ ref('identity_overrides') }} as overrides
    inner join groups
        on {{ record_id(person) }} = groups.record_id
    where overrides.decision = 'not_same'
    {{ 'union' if not loop.last }}
    {% endfor %}

),

said_of as (

    select distinct
        usable.record_id,
        usable.identifier_type || ':' || usable.identifier_value as identifier,
        ties.group_id,
        ties.priority
    from usable
    left join ties
        on usable.identifier_type = ties.identifier_type
        and usable.identifier_value = ties.identifier_value
    left join refused
        on usable.record_id = refused.record_id
        and ties.group_id = refused.group_id
    where refused.record_id is null

)

select * from said_of

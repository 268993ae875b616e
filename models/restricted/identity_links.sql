with

records as (

    select * from {{ ref('int_identity__resolved_records') }}

),

usable as (

    select * from {{ ref('int_identity__identifier_values') }}
    where unusable_reason is null and records > 1

),

carried as (

    select distinct
        identifiers.record_id,
        records.customer_id,
        identifiers.identifier_type,
        identifiers.identifier_value
    from {{ ref('int_identity__identifiers') }} as identifiers
    inner join usable
        on identifiers.identifier_type = usable.identifier_type
        and identifiers.identifier_value = usable.identifier_value
    inner join records
        on identifiers.record_id = records.record_id

),

shared as (

    select
        customer_id,
        identifier_type,
        identifier_value
    from carried
    group by customer_id, identifier_type, identifier_value
    having count(*) > 1

),

decided as (

    select
        {{ record_id('record_a') }} as record_a,
        {{ record_id('record_b') }} as record_b,
        'override' as identifier_type,
        record_a || ' = ' || record_b as identifier_value
    from {{ ref('identity_overrides') }}
    where decision = 'same'

    union all

    select
        record_a,
        record_b,
        'fuzzy' as identifier_type,
        cast(record_a as {{ dbt.type_string() }}) || ' ~ ' || cast(record_b as {{ dbt.type_string() }}) as identifier_value
    from {{ ref('int_identity__fuzzy_links') }}
    where decision = 'accepted'

),

links as (

    select
        carried.record_id,
        carried.identifier_type,
        carried.identifier_value
    from carried
    inner join shared
        on carried.customer_id = shared.customer_id
        and carried.identifier_type = shared.identifier_type
        and carried.identifier_value = shared.identifier_value

    {% for record in ['record_a', 'record_b'] %}
    union all

    select
        {{ record }} as record_id,
        identifier_type,
        identifier_value
    from decided
    {% endfor %}

),

described as (

    select
        -- keys
        records.customer_id,
        records.source_system,
        records.source_table,
        records.source_key,

        -- facts
        links.identifier_type,
        links.identifier_value
    from links
    inner join records
        on links.record_id = records.record_id

)

select * from described

{{ config(materialized='connected_components', grow=true) }}
{%- set judged = last_run_of('int_identity__identifier_values') %}

-- Whatever may one day tie two records, whether or not it does today. A value on too many records never does.
with

changed as (

    select * from {{ ref('int_identity__changed_records') }}

),

changed_sightings as (

    select sightings.*
    from {{ ref('int_identity__normalised_sightings') }} as sightings
    inner join changed
        on sightings.record_id = changed.record_id

),

changed_identifiers as (

    {{ identifiers_of('changed_sightings') }}

),

touched as (

    select distinct
        record_id,
        identifier_type,
        identifier_value
    from changed_identifiers

),

touched_values as (

    select distinct
        identifier_type,
        identifier_value
    from touched

),

first_records as (

    select
        identifiers.identifier_type,
        identifiers.identifier_value,
        -- those that stand there unchanged are on one island: the changed come to them, not they to the changed
        coalesce(
            min(case when changed.record_id is null then identifiers.record_id end), min(identifiers.record_id)
        ) as record_id,
        count(distinct identifiers.record_id) as records
    from {{ ref('int_identity__identifiers') }} as identifiers
    inner join touched_values
        on identifiers.identifier_type = touched_values.identifier_type
        and identifiers.identifier_value = touched_values.identifier_value
    left join changed
        on identifiers.record_id = changed.record_id
    group by identifiers.identifier_type, identifiers.identifier_value

),

edges as (

    select distinct
        first_records.record_id as a,
        touched.record_id as b
    from touched
    inner join first_records
        on touched.identifier_type = first_records.identifier_type
        and touched.identifier_value = first_records.identifier_value
    inner join {{ ref('identifier_rules') }} as rules
        on touched.identifier_type = rules.identifier_type
    {% if judged %}
    left join {{ judged }} as judged
        on touched.identifier_type = judged.identifier_type
        and touched.identifier_value = judged.identifier_value
    {% endif %}
    -- a value that comes to be on too many in this run unties those who had it, so they are looked at once more
    where rules.max_records is null or coalesce({{ 'judged.records, ' if judged }}first_records.records) <= rules.max_records

),

-- of a decision that stands, one of the two may change without the other
decided as (

    select
        {{ record_id('record_a') }} as a,
        {{ record_id('record_b') }} as b
    from {{ ref('identity_overrides') }}
    where decision = 'same'

),

known as (

    select distinct record_id
    from {{ ref('int_identity__normalised_sightings') }}
    where not is_gone and (record_id in (select a from decided) or record_id in (select b from decided))

)

select * from edges

union all

select decided.*
from decided
inner join known as known_a
    on decided.a = known_a.record_id
inner join known as known_b
    on decided.b = known_b.record_id

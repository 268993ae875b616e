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

-- Who is on the island of a value already, were it once; a value that nobody knows is new to all its records.
first_records as (

    select
        touched.identifier_type,
        touched.identifier_value,
        {% if judged %}
        coalesce(max(judged.first_record_id), min(touched.record_id)) as record_id,
        coalesce(max(judged.records), count(*)) as records
        {% else %}
        min(touched.record_id) as record_id,
        count(*) as records
        {% endif %}
    from touched
    {% if judged %}
    left join {{ judged }} as judged
        on touched.identifier_type = judged.identifier_type
        and touched.identifier_value = judged.identifier_value
    {% endif %}
    group by touched.identifier_type, touched.identifier_value

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
    -- a value that comes to be on too many in this run unties those who had it, so they are looked at once more
    where rules.max_records is null or first_records.records <= rules.max_records

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

{%- set fields = {
    "nullif(coalesce(given_name, '') || '|' || coalesce(family_name, ''), '|')": 'name',
    'family_name': 'family_name',
    'cast(birth_date as ' ~ dbt.type_string() ~ ')': 'birth_date',
    'email': 'email',
    'second_email': 'email',
    'phone': 'phone',
    "nullif(coalesce(street, '') || '|' || coalesce(postal_code, '') || '|' || coalesce(city, ''), '||')": 'address',
    'country_code': 'country_code',
    'national_id': 'national_id'
} %}

with

matched as (

    select
        records.record_id,
        records.group_id
    from {{ ref('int_identity__matched_records') }} as records
    inner join {{ ref('int_identity__changed_groups') }} as changed
        on records.group_id = changed.group_id

),

sightings as (

    select * from {{ ref('int_identity__normalised_sightings') }}
    where not is_gone

),

said as (

    select
        matched.group_id,
        sightings.*
    from sightings
    inner join matched
        on sightings.record_id = matched.record_id

),

-- two e-mails of a person are two words on the same matter
words as (

    select
        group_id,
        observed_at,
        {{ unpivoted(fields, 'field', 'word') }}
    from said

),

counted as (

    select
        group_id,
        field,
        word,
        count(*) as times,
        max(observed_at) as last_said_at
    from words
    where word is not null
    group by group_id, field, word

),

ranked as (

    select
        group_id,
        field,
        word,
        row_number() over (
            partition by group_id, field order by times desc, last_said_at desc nulls last, word asc
        ) as place
    from counted

)

select * from ranked
where place <= 2

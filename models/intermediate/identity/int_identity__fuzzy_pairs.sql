{{ config(materialized='table') }}
{%- set fields = ['given_name', 'family_name', 'birth_date', 'email', 'phone', 'address', 'national_id'] %}

with

scored as (

    select * from {{ source('matching', 'fuzzy_links') }}
    where {{ var('fuzzy_matching') }}

),

-- groups may have grown since the scoring step ran
placed as (

    select
        least(a.group_id, b.group_id) as record_a,
        greatest(a.group_id, b.group_id) as record_b,
        scored.probability,
        {% for field in fields %}
        scored.{{ field }},
        {% endfor %}
        row_number() over (
            partition by least(a.group_id, b.group_id), greatest(a.group_id, b.group_id)
            order by scored.probability desc, scored.record_a asc, scored.record_b asc
        ) as place
    from scored
    inner join {{ ref('int_identity__matched_records') }} as a
        on scored.record_a = a.record_id
    inner join {{ ref('int_identity__matched_records') }} as b
        on scored.record_b = b.record_id
    where a.group_id <> b.group_id

),

kept_apart as (

    select distinct
        least(a.group_id, b.group_id) as record_a,
        greatest(a.group_id, b.group_id) as record_b
    from {{ ref('identity_overrides') }} as overrides
    inner join {{ ref('int_identity__matched_records') }} as a
        on {{ record_id('overrides.record_a') }} = a.record_id
    inner join {{ ref('int_identity__matched_records') }} as b
        on {{ record_id('overrides.record_b') }} = b.record_id
    where overrides.decision = 'not_same' and a.group_id <> b.group_id

),

-- the scores take fields for independent, but twins share a birth date and an address, fathers and sons a name and an address
judged as (

    select
        placed.record_a,
        placed.record_b,
        cast(placed.probability as decimal(9, 6)) as probability,
        case
            when kept_apart.record_a is not null then 'people decided that they are two'
            when placed.national_id = 'same' then null
            when placed.given_name = 'different' then 'two first names'
            when placed.birth_date = 'different' then 'two birth dates'
        end as refused_because,
        {% for field in fields %}
        '{{ field }} ' || placed.{{ field }} {{ "|| ', ' ||" if not loop.last }}
        {% endfor %} as evidence
    from placed
    left join kept_apart
        on placed.record_a = kept_apart.record_a and placed.record_b = kept_apart.record_b
    where placed.place = 1

),

decided as (

    select
        *,
        case
            when refused_because is not null then 'refused'
            when probability >= {{ var('fuzzy_accept_probability') }} then 'accepted'
            when probability >= {{ var('fuzzy_review_probability') }} then 'review'
            else 'refused'
        end as decision
    from judged

)

select * from decided

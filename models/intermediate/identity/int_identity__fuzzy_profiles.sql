{{ config(materialized='table') }}

with

words as (

    select * from {{ ref('int_identity__fuzzy_words') }}

),

matched as (

    select * from {{ ref('int_identity__matched_records') }}
    where group_id is not null

),

contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}
    where national_id is not null

),

picked as (

    select
        group_id,
        {% for field in ['name', 'family_name', 'birth_date', 'email', 'phone', 'address'] %}
        max(case when field = '{{ field }}' and place = 1 then word end) as {{ field }},
        max(case when field = '{{ field }}' and place = 2 then word end) as other_{{ field }},
        {% endfor %}
        max(case when field = 'country_code' and place = 1 then word end) as country_code
    from words
    group by group_id

),

national_ids as (

    select
        matched.group_id,
        min(contacts.national_id) as national_id
    from contacts
    inner join matched
        on {{ record_id("'hubspot.contact:' || contacts.crm_contact_id") }} = matched.record_id
    group by matched.group_id

),

profiles as (

    select
        picked.group_id as profile_id,
        nullif(split_part(picked.name, '|', 1), '') as given_name,
        nullif(split_part(picked.name, '|', 2), '') as family_name,
        case
            when picked.family_name = split_part(picked.name, '|', 2) then picked.other_family_name
            else picked.family_name
        end as other_family_name,
        cast(picked.birth_date as date) as birth_date,
        picked.email,
        picked.other_email,
        picked.phone,
        {% for which in ['', 'other_'] %}
        nullif(split_part(picked.{{ which }}address, '|', 1), '') as {{ which }}street,
        nullif(split_part(picked.{{ which }}address, '|', 2), '') as {{ which }}postal_code,
        nullif(split_part(picked.{{ which }}address, '|', 3), '') as {{ which }}city,
        {% endfor %}
        picked.country_code,
        national_ids.national_id
    from picked
    left join national_ids
        on picked.group_id = national_ids.group_id
    where picked.name is not null

)

select * from profiles

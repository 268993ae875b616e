{{
    config(
        materialized='incremental' if target.type == 'duckdb' else 'table',
        incremental_strategy='delete+insert',
        unique_key='profile_id',
        on_schema_change='fail'
    )
}}

with

words as (

    select * from {{ ref('int_identity__fuzzy_words') }}

),

changed as (

    select * from {{ ref('int_identity__changed_groups') }}

),

picked as (

    select
        group_id,
        {% for field in ['name', 'family_name', 'birth_date', 'email', 'phone', 'address'] %}
        max(case when field = '{{ field }}' and place = 1 then word end) as {{ field }},
        max(case when field = '{{ field }}' and place = 2 then word end) as other_{{ field }},
        {% endfor %}
        max(case when field = 'country_code' and place = 1 then word end) as country_code,
        min(case when field = 'national_id' then word end) as national_id
    from words
    group by group_id

),

profiles as (

    select
        changed.group_id as profile_id,
        changed.resolution,
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
        picked.national_id
    from changed
    left join picked
        on changed.group_id = picked.group_id

)

select * from profiles

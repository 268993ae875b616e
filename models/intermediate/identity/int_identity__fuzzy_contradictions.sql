{{ config(materialized='table') }}

with

components as (

    select * from {{ ref('int_identity__fuzzy_components') }}

),

pairs as (

    select * from {{ ref('int_identity__fuzzy_pairs') }}
    where refused_because is not null

),

profiles as (

    select * from {{ ref('int_identity__fuzzy_profiles') }}

),

sizes as (

    select
        component,
        count(*) as profiles
    from components
    group by component

),

-- profiles with one national id are one person, whatever else they say
members as (

    select
        components.component,
        coalesce(profiles.national_id, cast(profiles.profile_id as {{ dbt.type_string() }})) as person,
        profiles.*
    from components
    inner join sizes
        on components.component = sizes.component
    inner join profiles
        on components.node = profiles.profile_id
    where sizes.profiles <= {{ var('fuzzy_max_profiles') }}

),

-- Two whom nobody would link may still be linked to one third, who has said too little. They may share no block, and then the scoring step
-- never met them: they are compared here, if only roughly. Null where one of the two has not said.
compared as (

    select
        a.component,
        least(a.person, b.person) as person_a,
        greatest(a.person, b.person) as person_b,
        pairs.refused_because = 'people decided that they are two' as is_decided,
        case
            when pairs.refused_because = 'two birth dates' then true
            else not {{ same_birth_date('a.birth_date', 'b.birth_date') }}
        end as birth_dates_differ,
        case
            when pairs.refused_because = 'two first names' then true
            when a.given_name = b.family_name or a.family_name = b.given_name then false
            else levenshtein(a.given_name, b.given_name) > 2 and not {{ same_given_name('a.given_name', 'b.given_name') }}
        end as given_names_differ
    from members as a
    inner join members as b
        on a.component = b.component and a.profile_id < b.profile_id
    left join pairs
        on a.profile_id = pairs.record_a and b.profile_id = pairs.record_b
    where a.person <> b.person

),

opposites as (

    select
        component,
        case
            when bool_or(is_decided) then 'two who were decided to be two'
            when bool_and(birth_dates_differ) then 'two birth dates'
            when bool_and(given_names_differ) then 'two first names'
        end as reason
    from compared
    group by component, person_a, person_b

),

reasons as (

    select
        component,
        'too many profiles' as reason
    from sizes
    where profiles > {{ var('fuzzy_max_profiles') }}

    union all

    select * from opposites
    where reason is not null

)

select
    component,
    min(reason) as reason
from reasons
group by component

with

matched as (

    select * from {{ ref('int_identity__matched_records') }}
    where record_key is not null

),

fuzzy_groups as (

    select * from {{ ref('int_identity__fuzzy_groups') }}

),

overrides as (

    {% for record in ['record_a', 'record_b'] %}
    select {{ record_id(record) }} as record_id
    from {{ ref('identity_overrides') }}
    where decision = 'same'
    {{ 'union' if not loop.last }}
    {% endfor %}

),

grouped as (

    select
        matched.record_id,
        matched.record_key,
        matched.first_seen_at,
        matched.group_id as tied_group_id,
        coalesce(
            fuzzy_groups.component,
            matched.group_id,
            case when first_owners.component = last_owners.component then first_owners.component end
        ) as group_id,
        case
            when matched.matched_by is not null then matched.matched_by
            when overrides.record_id is not null then 'override'
            when fuzzy_groups.node is not null then 'fuzzy'
            else 'alone'
        end as matched_by,
        matched.guard,
        matched.resolution
    from matched
    left join fuzzy_groups
        on matched.group_id = fuzzy_groups.node
    left join fuzzy_groups as first_owners
        on matched.first_owner = first_owners.node
    left join fuzzy_groups as last_owners
        on matched.last_owner = last_owners.node
    left join overrides
        on matched.record_id = overrides.record_id

)

select * from grouped
where group_id is not null

{{
    config(
        materialized='incremental' if target.type == 'duckdb' else 'table',
        incremental_strategy='delete+insert',
        unique_key='record_id',
        on_schema_change='fail'
    )
}}

-- Last of what a run leaves to the next: were it killed between this and the values, nobody would look at them again.
-- depends_on: {{ ref('int_identity__identifier_values') }}
with

opened as (

    select * from {{ ref('int_identity__open_records') }}

),

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

decisions as (

    select * from {{ ref('int_identity__decisions') }}

),

groups as (

    select * from {{ ref('int_identity__groups') }}

),

devices as (

    select * from {{ ref('int_identity__device_owners') }}

),

strongest_ties as (

    select * from {{ ref('int_identity__strongest_ties') }}

),

-- a record that no source has any more stays here, without a group
resolved as (

    select
        opened.record_id,
        source_records.record_key,
        source_records.first_seen_at,
        case when source_records.record_id is not null then coalesce(groups.group_id, devices.group_id) end as group_id,
        devices.first_owner,
        devices.last_owner,
        rules.identifier_type as matched_by,
        case
            -- nothing that its sign-ins say is of use, or somebody ruled its owner out
            when source_records.record_id is not null and groups.record_id is null and devices.record_id is null then 'ownerless_device'
            else coalesce(groups.guard, devices.guard)
        end as guard,
        digests.matching_digest + coalesce(decisions.fingerprint, 0) as fingerprint,
        (select max(changed.resolution) from {{ ref('int_identity__changed_records') }} as changed) as resolution
    from opened
    cross join {{ ref('int_identity__rule_digests') }} as digests
    left join source_records
        on opened.record_id = source_records.record_id
    {% for relation in ['groups', 'devices', 'strongest_ties', 'decisions'] %}
    left join {{ relation }}
        on opened.record_id = {{ relation }}.record_id
    {% endfor %}
    left join {{ ref('identifier_rules') }} as rules
        on coalesce(strongest_ties.priority, devices.priority) = rules.priority

){% if is_incremental() %},

different as (

    select
        resolved.record_id,
        standing.group_id as former_group_id
    from resolved
    left join {{ this }} as standing
        on resolved.record_id = standing.record_id
    where
        standing.record_id is null
        {% for column in ['first_seen_at', 'group_id', 'first_owner', 'last_owner', 'matched_by', 'guard', 'fingerprint'] %}
        or resolved.{{ column }} is distinct from standing.{{ column }}
        {% endfor %}

),

-- a group has the number of one of its records, which is written, too, when another leaves it: it is not what it was
news as (

    select record_id from {{ ref('int_identity__changed_records') }}

    union all

    select record_id from different

    union all

    select former_group_id as record_id from different

)
{% endif %}

select * from resolved
{% if is_incremental() %}
where record_id in (select news.record_id from news)
{% endif %}

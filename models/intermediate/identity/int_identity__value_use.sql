{{ config(materialized='table') }}
{%- set standing = last_run_of('int_identity__identifier_values') %}

with

identifiers as (

    select * from {{ ref('int_identity__open_identifiers') }}

),

rules as (

    select * from {{ ref('identifier_rules') }}

),

blocked_identifiers as (

    select * from {{ ref('blocked_identifiers') }}

),

counted as (

    select
        identifier_type,
        identifier_value,
        count(*) as records,
        min(record_id) as first_record_id
    from identifiers
    group by identifier_type, identifier_value

),

shared as (

    select * from {{ ref('int_identity__shared_values') }}

),

-- as it stands, or a mailbox that is nobody's at any domain
blocked as (

    select
        counted.identifier_type,
        counted.identifier_value
    from counted
    inner join blocked_identifiers
        on counted.identifier_type = blocked_identifiers.identifier_type
        and counted.identifier_value = blocked_identifiers.identifier_value

    union

    select
        counted.identifier_type,
        counted.identifier_value
    from counted
    inner join blocked_identifiers
        on split_part(counted.identifier_value, '@', 1) = blocked_identifiers.identifier_value
    where counted.identifier_type = 'email' and blocked_identifiers.identifier_type = 'mailbox'

),

-- an earlier run may have counted records that are not open in this one
standing as (

    {% if standing %}
    select * from {{ standing }}
    {% else %}
    select
        counted.*,
        cast(null as {{ dbt.type_string() }}) as unusable_reason,
        cast(null as {{ dbt.type_string() }}) as narrowed_by
    from counted
    where false
    {% endif %}

),

judged as (

    select
        counted.identifier_type,
        counted.identifier_value,
        rules.strength,
        rules.priority,
        greatest(counted.records, coalesce(standing.records, 0)) as records,
        coalesce(standing.first_record_id, counted.first_record_id) as first_record_id,
        case
            when blocked.identifier_value is not null then 'blocked'
            when rules.identifier_type is null then 'no_rule'
            when greatest(counted.records, coalesce(standing.records, 0)) > rules.max_records then 'too_many_records'
            when shared.identifier_value is not null then 'shared'
        end as unusable_reason,
        standing.records as standing_records,
        standing.unusable_reason as standing_unusable_reason,
        standing.narrowed_by as standing_narrowed_by
    from counted
    {% for relation in ['blocked', 'shared', 'standing'] %}
    left join {{ relation }}
        on counted.identifier_type = {{ relation }}.identifier_type
        and counted.identifier_value = {{ relation }}.identifier_value
    {% endfor %}
    left join rules
        on counted.identifier_type = rules.identifier_type

)

select * from judged

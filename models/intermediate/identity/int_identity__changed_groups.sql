{{ config(materialized='table') }}
{%- set profiled = last_run_of('int_identity__profiles') %}

with

fingerprints as (

    select
        group_id,
        bit_xor(fingerprint) as fingerprint
    from {{ ref('int_identity__matched_records') }}
    where group_id is not null
    group by group_id

),

changed as (

    {% if profiled %}
    select
        coalesce(fingerprints.group_id, profiled.profile_id) as group_id,
        fingerprints.fingerprint
    from fingerprints
    full outer join {{ profiled }} as profiled
        on fingerprints.group_id = profiled.profile_id
    where fingerprints.fingerprint is distinct from profiled.fingerprint
    {% else %}
    select * from fingerprints
    {% endif %}

)

select * from changed

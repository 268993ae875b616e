{{ config(materialized='table') }}
{#- what was resolved is only worth something together with the rest that a run leaves behind #}
{%- set is_whole = last_run_of('int_identity__identifier_values') and last_run_of('int_identity__islands') %}
{%- set resolved = last_run_of('int_identity__matched_records') if is_whole %}
{%- set last = last_resolution([resolved]) if resolved %}

-- depends_on: {{ ref('int_identity__rule_digests') }}, {{ ref('int_identity__decisions') }}
with

said as (

    select
        record_id,
        former_record_id
    from {{ ref('int_identity__normalised_sightings') }}
    {% if resolved %}
    where resolution > {{ last }}
    {% endif %}

),

changed as (

    select record_id from said
    {% if resolved %}

    union all

    select former_record_id as record_id
    from said
    where former_record_id is not null

    union all

    -- a changed rule changes every record, and where a full refresh was killed, nothing else tells who is gone
    select resolved.record_id
    from {{ resolved }} as resolved
    cross join {{ ref('int_identity__rule_digests') }} as digests
    left join {{ ref('int_identity__decisions') }} as decisions
        on resolved.record_id = decisions.record_id
    where
        resolved.fingerprint <> digests.matching_digest + coalesce(decisions.fingerprint, 0)
        or {{ made_anew_since(ref('int_identity__normalised_sightings'), last) }}
    {% endif %}

)

select distinct
    record_id,
    cast({{ resolution() }} as bigint) as resolution
from changed

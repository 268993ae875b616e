{{ config(materialized='table') }}
{#- what was resolved is only worth something together with the rest that a run leaves behind #}
{%- set is_whole = last_run_of('int_identity__identifier_values') and last_run_of('int_identity__islands') %}
{%- set resolved = last_run_of('int_identity__matched_records') if is_whole %}

-- Held against what the last run made of each record, so that a run that was killed half-way is made up for by the next.
with

overrides as (

    select * from {{ ref('identity_overrides') }}

),

digests as (

    select * from {{ ref('int_identity__rule_digests') }}

),

said as (

    select
        record_id,
        fingerprint
    from {{ ref('int_identity__normalised_sightings') }}
    where not is_gone

),

decided as (

    {% for record, other in [('record_a', 'record_b'), ('record_b', 'record_a')] %}
    select
        {{ record_id(record) }} as record_id,
        {{ fingerprint([other, 'decision']) }} as fingerprint
    from overrides
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

everything as (

    select * from said

    union all

    select decided.*
    from decided
    where decided.record_id in (select said.record_id from said)

),

fingerprints as (

    select
        everything.record_id,
        -- a changed rule changes every record; two numbers of 60 bits have a sum
        bit_xor(everything.fingerprint) + max(digests.matching_digest) as fingerprint
    from everything
    cross join digests
    group by everything.record_id

),

changed as (

    {% if resolved %}
    select
        coalesce(fingerprints.record_id, resolved.record_id) as record_id,
        fingerprints.fingerprint
    from fingerprints
    full outer join {{ resolved }} as resolved
        on fingerprints.record_id = resolved.record_id
    where fingerprints.fingerprint is distinct from resolved.fingerprint
    {% else %}
    select * from fingerprints
    {% endif %}

)

select * from changed

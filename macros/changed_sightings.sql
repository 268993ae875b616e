{#- The rows of a relation that int_identity__normalised_sightings does not hold, or holds with other words. What no source says any more comes as
    an empty row, so that those whom it tied are looked at again; a row that speaks of another record than before names the one before. -#}
{% macro changed_sightings(sightings, said, this_run) -%}
    {%- if is_incremental() -%}
    with

    different as (

        select
            sightings.*,
            known.sighting_id
        from {{ sightings }} as sightings
        full outer join {{ this }} as known
            on sightings.fingerprint = known.fingerprint
            and sightings.source_key = known.source_key
        where known.source_key is null or (sightings.source_key is null and not known.is_gone)

    ),

    former as (

        select
            known.said_by,
            known.source_key,
            known.record_key,
            known.record_id,
            -- a run that was killed has not looked at whom the row was of before
            case when known.resolution >= {{ this_run }} then known.former_record_id end as former_record_id
        from {{ this }} as known
        inner join different
            on known.sighting_id = different.sighting_id

    ),

    spoken as (

        select
            *,
            source_system || '.' || source_table as said_by
        from different
        where source_key is not null

    )

    select
        {% for column in said if column != 'record_key' %}
        spoken.{{ column }},
        {% endfor %}
        {% for column in ['record_key', 'said_by', 'source_key'] %}
        coalesce(spoken.{{ column }}, former.{{ column }}) as {{ column }},
        {% endfor %}
        coalesce(spoken.fingerprint, 0) as fingerprint,
        spoken.source_key is null as is_gone,
        coalesce(former.former_record_id, case when spoken.record_key <> former.record_key then former.record_id end) as former_record_id
    from spoken
    full outer join former
        on spoken.source_key = former.source_key
        and spoken.said_by = former.said_by
    {%- else -%}
    select
        *,
        source_system || '.' || source_table as said_by,
        false as is_gone,
        cast(null as bigint) as former_record_id
    from {{ sightings }}
    {%- endif -%}
{%- endmacro %}

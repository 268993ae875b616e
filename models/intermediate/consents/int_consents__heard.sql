{{ config(materialized='table') }}

with

statements as (

    select * from {{ ref('int_consents__statements') }}

),

-- of all that a source says of an identifier, the newest yes and the newest no
newest as (

    select
        customer_id,
        identifier_type,
        identifier_value,
        purpose,
        channel,
        is_withdrawn,
        source_system,
        source_table,
        max(said_at) as said_at,
        max_by(source_key, {{ whole_row('statements') }}) as source_key
    from statements
    group by customer_id, identifier_type, identifier_value, purpose, channel, is_withdrawn, source_system, source_table

),

withdrawn_identifiers as (

    select distinct
        identifier_type,
        identifier_value
    from newest
    where is_withdrawn and identifier_type <> 'record'

),

holders as (

    select distinct
        identifiers.identifier_type,
        identifiers.identifier_value,
        records.customer_id
    from {{ ref('int_identity__identifiers') }} as identifiers
    inner join withdrawn_identifiers
        on identifiers.identifier_type = withdrawn_identifiers.identifier_type
        and identifiers.identifier_value = withdrawn_identifiers.identifier_value
    inner join {{ ref('int_identity__resolved_records') }} as records
        on identifiers.record_id = records.record_id

),

heard as (

    select * from newest

    union all

    -- A no reaches everybody who has the identifier, also one that ties nobody; a yes only the customer whose record says it.
    select
        holders.customer_id,
        newest.identifier_type,
        newest.identifier_value,
        newest.purpose,
        newest.channel,
        newest.is_withdrawn,
        newest.source_system,
        newest.source_table,
        newest.said_at,
        newest.source_key
    from newest
    inner join holders
        on newest.identifier_type = holders.identifier_type
        and newest.identifier_value = holders.identifier_value
        and newest.customer_id <> holders.customer_id
    where newest.is_withdrawn

)

select * from heard

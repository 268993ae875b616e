{{ config(materialized='table') }}

with

-- the columns by which the last word is found come first: of one moment the no
heard as (

    select
        said_at,
        is_withdrawn,
        source_system,
        source_table,
        source_key,
        customer_id,
        identifier_type,
        identifier_value,
        purpose,
        channel
    from {{ ref('int_consents__heard') }}

),

by_identifier as (

    select
        customer_id,
        purpose,
        channel,
        max({{ whole_row('heard') }}) as last_word,
        bool_or(not is_withdrawn) as was_granted
    from heard
    group by customer_id, purpose, channel, identifier_type, identifier_value

),

-- one identifier that was withdrawn outweighs any number of others
standing as (

    select
        {{ fields_of('by_identifier.last_word', ['is_withdrawn', 'said_at', 'source_system', 'source_table', 'source_key']) }},
        by_identifier.was_granted,
        by_identifier.customer_id,
        by_identifier.purpose,
        by_identifier.channel
    from by_identifier

),

decided as (

    select
        customer_id,
        purpose,
        channel,
        max({{ whole_row('standing') }}) as decision,
        bool_or(was_granted) as was_granted
    from standing
    group by customer_id, purpose, channel

),

flattened as (

    select
        decided.customer_id,
        decided.purpose,
        decided.channel,
        {{ fields_of('decided.decision', ['is_withdrawn', 'said_at', 'source_system', 'source_table', 'source_key']) }},
        decided.was_granted
    from decided

)

select * from flattened

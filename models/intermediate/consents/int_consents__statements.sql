with

words as (

    select * from {{ ref('int_consents__words') }}

),

purposes as (

    select * from {{ ref('consent_purposes') }}

),

understood as (

    select
        words.*,
        purposes.purpose,
        purposes.channel
    from words
    inner join purposes
        on words.source_system = purposes.source_system
        and words.source_table = purposes.source_table
        and words.word = purposes.word
    where words.is_granted or purposes.a_no_withdraws

),

everything as (

    select distinct
        purpose,
        channel
    from purposes

),

-- a no in a word that nobody has explained is a no to everything
not_understood as (

    select
        words.*,
        everything.purpose,
        everything.channel
    from words
    left join purposes
        on words.source_system = purposes.source_system
        and words.source_table = purposes.source_table
        and words.word = purposes.word
    cross join everything
    where not words.is_granted and purposes.word is null

),

statements as (

    select * from understood

    union all

    select * from not_understood

),

-- what a statement is about: the number for text messages, else the address, else whatever else the row is known by
identified as (

    select
        coalesce(statements.said_at, case
            when statements.is_granted then timestamp '1900-01-01 00:00:00' else timestamp '9999-12-31 00:00:00'
        end) as said_at,
        not statements.is_granted as is_withdrawn,
        statements.source_system,
        statements.source_table,
        statements.source_key,
        statements.purpose,
        statements.channel,
        records.customer_id,
        case
            when statements.channel = 'sms' and sightings.phone is not null then 'phone'
            when sightings.email is not null then 'email'
            when sightings.phone is not null then 'phone'
            when sightings.loyalty_number is not null then 'loyalty_number'
            when sightings.shop_customer_id is not null then 'shop_customer_id'
            else 'record'
        end as identifier_type,
        case when statements.channel = 'sms' then sightings.phone end as number,
        sightings.email,
        sightings.phone,
        sightings.loyalty_number,
        sightings.shop_customer_id,
        sightings.record_key
    from statements
    inner join {{ ref('int_identity__normalised_sightings') }} as sightings
        on {{ record_id('statements.sighting_key') }} = sightings.sighting_id
    inner join {{ ref('int_identity__resolved_records') }} as records
        on sightings.record_id = records.record_id

)

select
    said_at,
    is_withdrawn,
    source_system,
    source_table,
    source_key,
    customer_id,
    purpose,
    channel,
    identifier_type,
    coalesce(number, email, phone, loyalty_number, shop_customer_id, record_key) as identifier_value
from identified

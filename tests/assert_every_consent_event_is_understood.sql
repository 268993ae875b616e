{{ config(severity='warn') }}

-- Not understood are a purpose without a row in consent_purposes, of which a grant is lost and a withdrawal withdraws everything, and a kind of
-- identifier that no record can be known by, of which both are lost.
with

events as (

    select
        {{ trimmed('purpose') }} as purpose,
        identifier_type,
        count(*) as events
    from {{ ref('stg_privacy__consent_events') }}
    group by {{ trimmed('purpose') }}, identifier_type

),

purposes as (

    select distinct word
    from {{ ref('consent_purposes') }}
    where source_system = 'privacy' and source_table = 'consent_event'

)

select
    events.purpose,
    events.identifier_type,
    events.events
from events
left join purposes
    on events.purpose = purposes.word
where purposes.word is null or events.identifier_type not in ('email', 'phone', 'loyalty_number', 'shop_customer_id')

{{ config(materialized='table') }}

with

-- a value that many use stands only where there is no other, and one that is nobody's (none@none.com) never
candidates as (

    select * from {{ ref('int_contacts__values') }}
    where standing > -1000 and unusable_reason is distinct from 'blocked'

),

chosen as (

    select
        customer_id,
        field,
        max({{ whole_row('candidates') }}) as best,
        count(*) as said,
        -- one who leaves out the first name says nothing else
        min(nullif(split_part(value_key, '|', 1), '')) <> max(nullif(split_part(value_key, '|', 1), ''))
        or min(nullif(split_part(value_key, '|', 2), '')) <> max(nullif(split_part(value_key, '|', 2), '')) as names_differ,
        max(last_said_at) filter (where is_usable) as any_said_at
    from candidates
    group by customer_id, field

),

taken as (

    select
        chosen.customer_id,
        chosen.field,
        {{ fields_of('chosen.best', [
            'value_key', 'value', 'first_name', 'last_name', 'address_line', 'city', 'postal_code', 'country_code', 'source_system',
            'source_table', 'source_key', 'observed_at', 'last_said_at'
        ]) }},
        chosen.said,
        chosen.names_differ,
        chosen.any_said_at
    from chosen

),

golden as (

    select
        customer_id,
        field,
        value_key,
        value,
        first_name,
        last_name,
        address_line,
        city,
        postal_code,
        country_code,
        source_system,
        source_table,
        source_key,
        observed_at,
        -- a person has one name and one birthday, but may have several addresses: there it matters that another was said since
        coalesce(case
            when field = 'name' then names_differ
            when field = 'birth_date' then said > 1
            else any_said_at > last_said_at
        end, false) as has_conflict
    from taken

)

select * from golden

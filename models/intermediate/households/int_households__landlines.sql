with

phones as (

    select
        customer_id,
        value_key as phone
    from {{ ref('int_contacts__values') }}
    where field = 'phone' and unusable_reason is distinct from 'blocked'

),

shared_phones as (

    select phone
    from phones
    group by phone
    having count(*) between 2 and {{ var('household_max_customers') }}

),

landlines as (

    select
        phones.customer_id,
        phones.phone
    from phones
    inner join shared_phones
        on phones.phone = shared_phones.phone
    inner join {{ ref('landlines') }} as numbering
        on phones.phone like '+' || numbering.calling_code || '%'
    where regexp_extract(substr(phones.phone, length(numbering.calling_code) + 2), '^(' || numbering.landline_pattern || ')', 1) <> ''

)

select * from landlines

with

surnames as (

    select distinct
        customer_id,
        split_part(value_key, '|', 2) as surname
    from {{ ref('int_contacts__values') }}
    where field = 'name' and split_part(value_key, '|', 2) <> ''

),

-- where each lives now: of those who moved out, the former address says nothing
homes as (

    select
        customer_id,
        split_part(value_key, '|', 1) as street,
        split_part(value_key, '|', 2) || '|' || coalesce(country_code, '') as area
    from {{ ref('int_contacts__golden') }}
    where field = 'address' and split_part(value_key, '|', 2) <> ''

),

-- '185 North Road' is '185 North Rd.': within a postal code the number and four letters tell houses apart, however the rest is shortened
addresses as (

    select
        customer_id,
        case when {{ digits_only('street') }} = '' then street
            else {{ digits_only('street') }} || left({{ regexp_replace_all('street', '[0-9 ]', '') }}, 4)
        end || '|' || area as address
    from homes

),

-- an office, a hostel: too many live there for a surname in common to mean a family
crowded as (

    select address
    from addresses
    group by address
    having count(*) > {{ var('household_max_customers') }}

),

shared_values as (

    select
        addresses.customer_id,
        'address_and_surname' as basis,
        addresses.address || '|' || surnames.surname as shared_value
    from addresses
    inner join surnames
        on addresses.customer_id = surnames.customer_id
    left join crowded
        on addresses.address = crowded.address
    where crowded.address is null

    union all

    select
        customer_id,
        'landline' as basis,
        phone as shared_value
    from {{ ref('int_households__landlines') }}

),

numbered as (

    select
        {{ record_id('customer_id') }} as customer_number,
        basis,
        shared_value
    from shared_values

),

-- a star around the first customer of each value: as connected as all pairs
shared as (

    select
        basis,
        shared_value,
        min(customer_number) as first_customer_number
    from numbered
    group by basis, shared_value
    having count(*) > 1

),

tied as (

    select
        numbered.customer_number,
        shared.first_customer_number,
        numbered.basis
    from numbered
    inner join shared
        on numbered.basis = shared.basis
        and numbered.shared_value = shared.shared_value

)

select * from tied

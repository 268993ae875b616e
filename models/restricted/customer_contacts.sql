with

policy as (

    select * from {{ ref('golden_record_policy') }}

),

records as (

    select * from {{ ref('int_identity__resolved_records') }}

),

details as (

    select
        contact_details.*,
        records.customer_id
    from {{ ref('int_identity__contact_details') }} as contact_details
    inner join records
        on contact_details.record_id = records.record_id

),

{{ golden_field('name', ['last_name', 'first_name']) }},

{{ golden_field('email', ['email']) }},

{{ golden_field('phone', ['phone']) }},

{{ golden_field('address', ['address_line', 'city', 'postal_code', 'country_code']) }},

{{ golden_field('birth_date', ['birth_date']) }},

customers as (

    select distinct customer_id
    from records

),

golden_record as (

    select
        -- keys
        customers.customer_id,

        -- facts
        golden_name.first_name,
        golden_name.last_name,
        golden_name.name_source,
        golden_name.name_source_key,
        golden_email.email,
        golden_email.email_source,
        golden_email.email_source_key,
        golden_phone.phone,
        golden_phone.phone_source,
        golden_phone.phone_source_key,
        golden_address.address_line,
        golden_address.city,
        golden_address.postal_code,
        golden_address.country_code,
        golden_address.address_source,
        golden_address.address_source_key,
        golden_birth_date.birth_date_source,
        golden_birth_date.birth_date_source_key,

        -- dates
        golden_birth_date.birth_date
    from customers
    {% for field in ['name', 'email', 'phone', 'address', 'birth_date'] %}
    left join golden_{{ field }}
        on customers.customer_id = golden_{{ field }}.customer_id
    {% endfor %}

)

select * from golden_record

with

contact_values as (

    select * from {{ ref('int_contacts__values') }}

),

golden as (

    select
        customer_id,
        field,
        value_key
    from {{ ref('int_contacts__golden') }}

),

described as (

    select
        -- keys
        contact_values.customer_id,
        contact_values.field,

        -- facts
        contact_values.value,
        contact_values.source_system,
        contact_values.source_table,
        contact_values.source_key,
        contact_values.times_seen,
        contact_values.unusable_reason,

        -- flags
        golden.value_key is not null as is_golden,

        -- times
        contact_values.first_seen_at,
        contact_values.last_said_at as observed_at
    from contact_values
    left join golden
        on contact_values.customer_id = golden.customer_id
        and contact_values.field = golden.field
        and contact_values.value_key = golden.value_key

)

select * from described

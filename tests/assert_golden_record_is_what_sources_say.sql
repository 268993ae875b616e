-- Each field of the golden record is one of the customer's values, taken once, and never a blocked one.
with

contact_values as (

    select
        customer_id,
        field,
        sum(case when is_golden then 1 else 0 end) as golden,
        sum(case when is_golden and unusable_reason = 'blocked' then 1 else 0 end) as golden_and_blocked,
        max(case when is_golden then value end) as golden_value
    from {{ ref('customer_contact_values') }}
    group by customer_id, field

),

contacts as (

    select
        customer_id,
        'email' as field,
        email as golden_value
    from {{ ref('customer_contacts') }}

    union all

    select
        customer_id,
        'phone' as field,
        phone as golden_value
    from {{ ref('customer_contacts') }}

)

select
    contact_values.customer_id,
    contact_values.field
from contact_values
left join contacts
    on contact_values.customer_id = contacts.customer_id
    and contact_values.field = contacts.field
where
    contact_values.golden > 1
    or contact_values.golden_and_blocked > 0
    or (contacts.field is not null and contacts.golden_value is distinct from contact_values.golden_value)

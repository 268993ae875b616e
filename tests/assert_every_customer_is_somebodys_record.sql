-- A customer without a source record, or a record whose customer is not in the marts.
with

customers as (

    select customer_id from {{ ref('customers') }}

),

identities as (

    select distinct customer_id from {{ ref('customer_identities') }}

)

select
    customers.customer_id,
    identities.customer_id as identified_customer_id
from customers
full outer join identities
    on customers.customer_id = identities.customer_id
where customers.customer_id is null or identities.customer_id is null

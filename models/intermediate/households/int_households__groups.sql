{{ config(materialized='connected_components') }}

select distinct
    first_customer_number as a,
    customer_number as b
from {{ ref('int_households__ties') }}
where first_customer_number <> customer_number

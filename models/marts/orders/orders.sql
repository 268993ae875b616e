with

orders as (

    select * from {{ ref('int_orders__owned') }}

)

select * from orders

with

customers as (

    select
        customer_id,
        {{ record_id('customer_id') }} as customer_number
    from (select distinct customer_id from {{ ref('int_identity__resolved_records') }}) as resolved

),

-- what a customer shares, if anybody else does; of both the address, which says more
bases as (

    select
        customer_number,
        min(basis) as basis
    from {{ ref('int_households__ties') }}
    group by customer_number

),

living_together as (

    select
        customers.customer_id,
        coalesce(groups.component, customers.customer_number) as household_number,
        coalesce(bases.basis, 'alone') as basis
    from customers
    left join {{ ref('int_households__groups') }} as groups
        on customers.customer_number = groups.node
    left join bases
        on customers.customer_number = bases.customer_number

),

households as (

    select
        household_number,
        md5('household:' || min(customer_id)) as household_id,
        count(*) as household_size
    from living_together
    group by household_number

),

described as (

    select
        -- keys
        living_together.customer_id,
        households.household_id,

        -- facts
        households.household_size,
        living_together.basis as household_basis
    from living_together
    inner join households
        on living_together.household_number = households.household_number

)

select * from described

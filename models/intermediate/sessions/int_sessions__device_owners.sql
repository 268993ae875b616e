{{ config(materialized='table') }}

with

-- what the identity layer says of a device goes before everything
resolved as (

    select
        source_key as device_id,
        customer_id
    from {{ ref('int_identity__resolved_records') }}
    where source_system = 'segment' and source_table = 'device'

),

-- devices that never told who signs in, but on which one person alone was signed in or bought
sole_users as (

    select
        proven.device_id,
        min(proven.customer_id) as customer_id
    from {{ ref('int_sessions__proven') }} as proven
    left join resolved
        on proven.device_id = resolved.device_id
    where resolved.device_id is null
    group by proven.device_id
    having count(distinct proven.customer_id) = 1

)

select * from resolved

union all

select * from sole_users

-- All who ever came into a segment less all who ever left it are those who are in it by the history.
with

flows as (

    select
        segment,
        customers as came
    from {{ ref('rfm_segment_transitions') }}

    union all

    select
        previous_segment as segment,
        -customers as came
    from {{ ref('rfm_segment_transitions') }}

),

arrived as (

    select
        segment,
        sum(came) as customers
    from flows
    where segment <> 'no_orders'
    group by segment

),

there as (

    select
        segment,
        count(*) as customers
    from {{ ref('rfm_segment_changes') }}
    where valid_to is null and segment <> 'no_orders'
    group by segment

)

select
    arrived.segment,
    arrived.customers as customers_arrived,
    there.customers as customers_there
from arrived
left join there
    on arrived.segment = there.segment
where arrived.customers <> coalesce(there.customers, 0)

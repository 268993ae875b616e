-- On the last day of a month the history, scored month by month, says of every customer what customer_rfm says.
with

today as (

    select
        customer_id,
        segment
    from {{ ref('rfm_segment_changes') }}
    where valid_to is null

)

select
    customer_rfm.customer_id,
    customer_rfm.segment,
    today.segment as segment_in_history
from {{ ref('customer_rfm') }} as customer_rfm
left join today
    on customer_rfm.customer_id = today.customer_id
where customer_rfm.as_of_date = last_day(customer_rfm.as_of_date)
    and customer_rfm.segment <> coalesce(today.segment, 'no_orders')

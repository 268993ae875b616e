with

changes as (

    select * from {{ ref('int_subscriptions__changes') }}

),

{{ month_spine('months', 'changes', 'changed_date') }},

summed as (

    select
        months.month,
        {% for change in ['new', 'reactivated', 'expanded', 'resumed', 'contracted', 'paused', 'cancelled', 'payment_failed', 'expired'] %}
        coalesce(sum(case when changes.change_type = '{{ change }}' then changes.mrr_change end), 0) as {{ change }}_amount,
        {% endfor %}
        coalesce(sum(changes.mrr_change), 0) as net_change,
        sum(coalesce(sum(changes.mrr_change), 0)) over (order by months.month) as at_end
    from months
    left join changes
        on months.month = cast(date_trunc('month', changes.changed_date) as date)
    group by months.month

),

moved as (

    select
        -- keys
        summed.month,

        -- facts
        cast(summed.at_end - summed.net_change as decimal(18, 2)) as mrr_at_start,
        {% for change in ['new', 'reactivated', 'expanded', 'resumed'] %}
        cast(summed.{{ change }}_amount as decimal(18, 2)) as {{ change }}_amount,
        {% endfor %}
        {% for change in ['contracted', 'paused', 'cancelled', 'payment_failed', 'expired'] %}
        cast(-summed.{{ change }}_amount as decimal(18, 2)) as {{ change }}_amount,
        {% endfor %}
        cast(summed.at_end as decimal(18, 2)) as mrr_at_end,
        shop.currency,

        -- flags
        last_day(summed.month) <= {{ as_of_date() }} as is_complete
    from summed
    cross join {{ ref('int_subscriptions__shop') }} as shop

)

select * from moved

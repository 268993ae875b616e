with

subscription_periods as (

    select * from {{ ref('int_subscriptions__periods') }}

),

subscriber_periods as (

    select * from {{ ref('int_subscriptions__subscriber_periods') }}

),

{{ month_spine('months', 'subscription_periods', 'started_date') }},

{% for counted in ['subscription', 'subscriber'] %}
{{ counted }}_moves as (

    select
        cast(date_trunc('month', started_date) as date) as month,
        start_reason as reason,
        1 as moved,
        false as was_there_before
    from {{ counted }}_periods

    union all

    select
        cast(date_trunc('month', ended_date) as date) as month,
        end_reason as reason,
        -1 as moved,
        date_trunc('month', started_date) < date_trunc('month', ended_date) as was_there_before
    from {{ counted }}_periods
    where ended_date is not null

),

{{ counted }}_months as (

    select
        months.month,
        {% for reason in ['new', 'reactivated', 'cancelled', 'payment_failed', 'expired'] %}
        count(case when moves.reason = '{{ reason }}' then 1 end) as {{ reason }},
        {% endfor %}
        count(case when moves.was_there_before and moves.reason = 'payment_failed' then 1 end) as failed_of_start,
        count(case when moves.was_there_before and moves.reason <> 'payment_failed' then 1 end) as left_of_start,
        coalesce(sum(moves.moved), 0) as net_change,
        sum(coalesce(sum(moves.moved), 0)) over (order by months.month) as at_end
    from months
    left join {{ counted }}_moves as moves
        on months.month = moves.month
    group by months.month

),

{% endfor %}
charge_months as (

    select
        cast(date_trunc('month', charged_date) as date) as month,
        count(case when is_paid then 1 end) as charges_paid,
        count(case when not is_paid then 1 end) as charges_failed
    from {{ ref('int_subscriptions__charges') }}
    group by cast(date_trunc('month', charged_date) as date)

),

counted as (

    select
        -- keys
        months.month,

        -- facts
        {% for counted in ['subscription', 'subscriber'] %}
        {% set figures = counted ~ '_months' %}
        {% set at_start = 'nullif(' ~ figures ~ '.at_end - ' ~ figures ~ '.net_change, 0)' %}
        cast({{ figures }}.at_end - {{ figures }}.net_change as bigint) as {{ counted }}s_at_start,
        {% for reason in ['new', 'reactivated', 'cancelled', 'payment_failed', 'expired'] %}
        cast({{ figures }}.{{ reason }} as bigint) as {{ counted }}s_{{ reason }},
        {% endfor %}
        cast({{ figures }}.at_end as bigint) as {{ counted }}s_at_end,
        {% for rate, lost in {
            '': '(' ~ figures ~ '.left_of_start + ' ~ figures ~ '.failed_of_start)',
            'voluntary_': figures ~ '.left_of_start',
            'payment_': figures ~ '.failed_of_start'
        }.items() %}
        cast(
            case when last_day(months.month) <= {{ as_of_date() }} then {{ lost }} / {{ at_start }} end as decimal(18, 6)
        ) as {{ counted }}_{{ rate }}churn_rate,
        {% endfor %}
        {% endfor %}
        cast(coalesce(charge_months.charges_paid, 0) as bigint) as charges_paid,
        cast(coalesce(charge_months.charges_failed, 0) as bigint) as charges_failed,

        -- flags
        last_day(months.month) <= {{ as_of_date() }} as is_complete
    from months
    inner join subscription_months
        on months.month = subscription_months.month
    inner join subscriber_months
        on months.month = subscriber_months.month
    left join charge_months
        on months.month = charge_months.month

)

select * from counted

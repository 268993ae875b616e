{{ config(materialized='table') }}

with

parameters as (

    select * from {{ ref('int_value__parameters') }}
    where model in ('bg_nbd', 'mbg_nbd')

),

histories as (

    select distinct
        purpose,
        scope,
        repeats,
        age_days
    from {{ ref('int_value__repeat_counts') }}

),

horizons as (

    {% for days in clv_horizons().values() %}
    select
        'prediction' as purpose,
        'bg_nbd' as model, -- noqa: RF04
        {{ days }} as horizon_days

    union all

    {% endfor %}
    {% for model in ['bg_nbd', 'mbg_nbd'] %}
    select
        'backtest' as purpose,
        '{{ model }}' as model, -- noqa: RF04
        {{ var('clv_backtest_days') | int }} as horizon_days
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- how far ahead, in units of how long the customer has been watched
asked as (

    select
        parameters.purpose,
        parameters.model,
        parameters.scope,
        histories.repeats,
        histories.age_days,
        horizons.horizon_days,
        parameters.r + histories.repeats as shape,
        horizons.horizon_days / (parameters.alpha + histories.age_days) as reach
    from parameters
    inner join histories
        on parameters.purpose = histories.purpose
        and parameters.scope = histories.scope
    inner join horizons
        on parameters.purpose = horizons.purpose
        and parameters.model = horizons.model

),

-- E[Y(t) | alive] is the mean of (1 - (1 + p s)^-(r + x)) / p over the chance p to leave after an order; a near zero over a near zero is
-- replaced by its series
expected as (

    select
        asked.purpose,
        asked.model,
        asked.scope,
        asked.repeats,
        asked.age_days,
        asked.horizon_days,
        sum(
            weights.weight
            * case
                when (asked.shape + 1) * weights.dropout_probability * asked.reach < 1e-4
                    then
                        asked.shape * asked.reach
                        * (
                            1 - (asked.shape + 1) * weights.dropout_probability * asked.reach / 2
                            + (asked.shape + 1) * (asked.shape + 2) * pow(weights.dropout_probability * asked.reach, 2) / 6
                        )
                else (1 - exp(-asked.shape * ln(1 + weights.dropout_probability * asked.reach))) / weights.dropout_probability
            end
        ) as orders_if_alive
    from asked
    inner join {{ ref('int_value__dropout_weights') }} as weights
        on asked.purpose = weights.purpose
        and asked.model = weights.model
        and asked.scope = weights.scope
        and asked.repeats = weights.repeats
    group by asked.purpose, asked.model, asked.scope, asked.repeats, asked.age_days, asked.horizon_days

)

select * from expected

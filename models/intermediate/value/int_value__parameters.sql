{{ config(materialized='table') }}

{%- set parameters = ['r', 'alpha', 'a', 'b', 'p', 'q', 'gamma', 'beta'] %}

with

{{ clv_cut_offs('cut_offs') }},

-- a fit that has seen orders after the cut-off would know what it is asked to predict
known_fits as (

    select fits.*
    from {{ source('value', 'clv_fits') }} as fits
    inner join cut_offs
        on fits.purpose = cut_offs.purpose
        and fits.cut_off <= cut_offs.cut_off

),

-- an unusable fit hides the usable one before it: its reason is a reason against both
newest_fits as (

    select *
    from (
        select
            *,
            row_number() over (
                partition by purpose, model, scope order by fitted_on desc, cut_off desc, fit_id desc
            ) as place
        from known_fits
    ) as fits_by_age
    where place = 1 and is_usable

),

estimates as (

    select
        {%- for parameter in parameters %}
        max(case when parameter = '{{ parameter }}' then estimate end) as {{ parameter }},
        {%- endfor %}
        fit_id
    from {{ source('value', 'clv_parameters') }}
    group by fit_id

),

scopes as (

    select distinct
        purpose,
        scope
    from {{ ref('int_value__repeat_counts') }}

),

-- who has no fit of their own is scored by that of everybody
candidates as (

    select
        scopes.scope as scored_scope,
        newest_fits.*,
        row_number() over (
            partition by newest_fits.purpose, newest_fits.model, scopes.scope
            order by case when newest_fits.scope = 'all' then 1 else 0 end
        ) as choice
    from scopes
    inner join newest_fits
        on scopes.purpose = newest_fits.purpose
        and (scopes.scope = newest_fits.scope or newest_fits.scope = 'all')

),

chosen as (

    select
        -- keys
        candidates.purpose,
        candidates.model,
        candidates.scored_scope as scope,
        candidates.fit_id,
        candidates.scope as fitted_scope,

        -- facts
        candidates.customers,
        {%- for parameter in parameters %}
        estimates.{{ parameter }},
        {%- endfor %}

        -- dates
        candidates.cut_off,
        candidates.fitted_on
    from candidates
    inner join estimates
        on candidates.fit_id = estimates.fit_id
    where candidates.choice = 1

)

select * from chosen

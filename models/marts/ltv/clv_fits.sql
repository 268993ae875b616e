with

fits as (

    select * from {{ source('value', 'clv_fits') }}

),

parameters as (

    select * from {{ source('value', 'clv_parameters') }}

),

in_use as (

    select distinct fit_id
    from {{ ref('int_value__parameters') }}

),

shown as (

    select
        -- keys
        fits.fit_id,
        parameters.parameter,

        -- facts
        fits.purpose,
        fits.model,
        fits.scope,
        fits.customers,
        fits.observations,
        fits.log_likelihood,
        parameters.estimate,
        parameters.standard_error,
        fits.reason,

        -- flags
        fits.is_usable,
        in_use.fit_id is not null as is_in_use,

        -- dates
        fits.cut_off,
        fits.fitted_on
    from fits
    left join parameters
        on fits.fit_id = parameters.fit_id
    left join in_use
        on fits.fit_id = in_use.fit_id

)

select * from shown

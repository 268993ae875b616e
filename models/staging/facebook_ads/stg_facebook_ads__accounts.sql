with

source as (

    {{ newest_rows('facebook_ads', 'account_history') }}

),

renamed as (

    select
        -- keys
        'facebook_ads' as platform,
        id as account_id,

        -- facts
        name as account_name,
        cast(null as {{ dbt.type_string() }}) as currency,
        cast(null as {{ dbt.type_string() }}) as timezone,

        -- flags
        cast(null as boolean) as is_test,

        -- times
        _fivetran_synced as updated_at

    from source

)

select * from renamed

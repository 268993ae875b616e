-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('shopify', 'inventory_item') }}

),

renamed as (

    select
        -- keys
        id as inventory_item_id,
        sku,

        -- facts
        unit_cost_amount as unit_cost,
        upper(unit_cost_currency_code) as unit_cost_currency,

        -- flags
        _fivetran_deleted as is_deleted,

        -- times
        updated_at

    from source

)

select * from renamed

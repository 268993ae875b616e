with

inventory_items as (

    select * from {{ ref('stg_shopify__inventory_items') }}

),

variants as (

    select * from {{ ref('stg_shopify__product_variants') }}

),

products as (

    select * from {{ ref('stg_shopify__products') }}

),

costs as (

    select
        inventory_item_id,
        unit_cost,
        coalesce(unit_cost_currency, {{ reporting_currency() }}) as unit_cost_currency
    from inventory_items
    where unit_cost is not null

),

-- loaders keep the sku with the variant, the item, or both
by_sku as (

    select
        coalesce(variants.sku, inventory_items.sku) as sku,
        max_by(costs.unit_cost, costs.inventory_item_id) as unit_cost,
        max_by(costs.unit_cost_currency, costs.inventory_item_id) as unit_cost_currency,
        max(variants.product_id) as product_id
    from inventory_items
    full outer join variants
        on inventory_items.inventory_item_id = variants.inventory_item_id
    left join costs
        on inventory_items.inventory_item_id = costs.inventory_item_id
    where coalesce(variants.sku, inventory_items.sku) is not null
    group by coalesce(variants.sku, inventory_items.sku)

),

named as (

    select
        by_sku.sku,
        by_sku.unit_cost,
        by_sku.unit_cost_currency,
        by_sku.product_id,
        products.product_name,
        products.product_type
    from by_sku
    left join products
        on by_sku.product_id = products.product_id

)

select * from named

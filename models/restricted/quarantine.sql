with

rejected as (

    select
        source_system,
        source_table,
        source_key,
        reason,
        column_name,
        raw_row
    from {{ ref('stg_landing__rejected_rows') }}

),

without_rate as (

    select
        source_system,
        case when source_system = 'pos' then 'receipt' else 'order' end as source_table,
        source_key,
        disposition as reason,
        'currency' as column_name,
        {{ row_as_json(['order_id', 'currency', 'gross_revenue', 'discount_amount', 'tax_amount', 'ordered_at']) }} as raw_row
    from {{ ref('int_orders__classified') }}
    where disposition = 'no_exchange_rate'

),

orphan_lines as (

    select
        source_system,
        source_table,
        source_key,
        'order_missing' as reason,
        'order_id' as column_name,
        {{ row_as_json(['source_key', 'order_key']) }} as raw_row
    from {{ ref('int_orders__orphan_lines') }}

),

quarantined as (

    select
        'raw' as stage,
        rejected.*
    from rejected

    union all

    select
        'orders' as stage,
        without_rate.*
    from without_rate

    union all

    select
        'orders' as stage,
        orphan_lines.*
    from orphan_lines

)

select
    source_system,
    source_table,
    source_key,
    stage,
    reason,
    column_name,
    raw_row
from quarantined

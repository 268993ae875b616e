-- What getvariable('customers') customers did in the window, in the columns of int_rfm__measured: one in ten did nothing, a third of the
-- others bought once, the days between orders and what is spent are skewed as in the demo, and one in fifty gave back all.
create or replace temp macro draw(seed, what) as hash(seed, what) / 18446744073709551616.0;

create schema if not exists intermediate;

create or replace table intermediate.int_rfm__measured as
with bought as (
    select
        number,
        case when draw(number, 'none') < 0.1 then 0 else 1 + cast(floor(-2 * ln(1e-9 + draw(number, 'orders'))) as bigint) end as order_days
    from range(getvariable('customers')) as customers (number)
)
select
    md5(number::varchar) as customer_id,
    case when order_days > 0 then date '2026-06-30' - cast(floor(730 * pow(draw(number, 'last'), 1.5)) as integer) end as last_order_date,
    order_days as orders,
    order_days,
    cast(
        case when order_days = 0 or draw(number, 'returned') < 0.02 then 0 else order_days * (5 - 80 * ln(1e-9 + draw(number, 'spent'))) end
        as decimal(18, 2)
    ) as net_revenue
from bought;

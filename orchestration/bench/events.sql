-- Web events in the columns of int_sessions__events, in a file as a loader leaves it: visits of 1 to 13 events a minute apart, three to
-- a device. The variables `events` (how many, about) and `file` (where to) are set before.
create temp macro roll(visit, nth, what, sides) as (hash(visit, nth, what) % sides)::bigint;

copy (
    with

    visits as (

        select
            range as visit,
            md5((roll(range, 0, 'device', greatest(getvariable('events') // 20, 1)))::varchar) as device_id,
            timestamp '2023-07-01' + to_seconds(roll(range, 0, 'start', 94608000)) as began_at,
            unnest(range(1 + roll(range, 0, 'length', 13))) as nth,
            roll(range, 0, 'source', 10) as source
        from range(getvariable('events') // 7)

    )

    select
        md5(visit::varchar || '-' || nth::varchar) as event_id,
        device_id,
        case when roll(visit, nth, 'account', 20) = 0 then roll(visit, 0, 'who', 1000000)::varchar end as shop_customer_id,
        case when nth = 12 then visit::varchar end as order_reference,
        case
            when nth = 12 then 'order_completed'
            else ['page_view', 'page_view', 'page_view', 'product_view', 'product_added', 'checkout_started', 'sign_in'][1 + roll(visit, nth, 'kind', 7)]
        end as kind,
        'web' as platform,
        'https://shop.example/products/' || roll(visit, nth, 'page', 500)::varchar
        || case when nth = 0 and source < 4 then '?utm_source=google&utm_medium=cpc&gclid=' || visit::varchar else '' end as page_url,
        case when nth > 0 then 'https://shop.example/' when source < 6 then 'https://www.google.com/' end as page_referrer,
        case when nth = 0 and source < 4 then 'google' end as utm_source,
        case when nth = 0 and source < 4 then 'cpc' end as utm_medium,
        case when nth = 0 and source < 4 then 'brand' end as utm_campaign,
        nth < 12 as tells_origin,
        began_at + to_milliseconds(nth * 60000 + roll(visit, nth, 'pause', 60000)) as occurred_at,
        began_at + to_milliseconds(nth * 60000 + 62000) as received_at
    from visits
) to (getvariable('file')) (format parquet);

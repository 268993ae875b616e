with

links as (

    select * from {{ ref('int_identity__fuzzy_links') }}
    where decision = 'review'

),

matched as (

    select * from {{ ref('int_identity__matched_records') }}
    where group_id is not null

),

resolved as (

    select * from {{ ref('int_identity__resolved_records') }}

),

asked_about as (

    select record_a as group_id from links
    union
    select record_b as group_id from links

),

-- a group is named by one of its records
named as (

    select
        matched.group_id,
        min(matched.record_key) as record,
        min(resolved.customer_id) as customer_id
    from asked_about
    inner join matched
        on asked_about.group_id = matched.group_id
    inner join resolved
        on matched.record_id = resolved.record_id
    group by matched.group_id

),

queue as (

    select
        a.record as record_a,
        b.record as record_b,
        a.customer_id as customer_id_a,
        b.customer_id as customer_id_b,
        cast(100 * links.probability as decimal(18, 2)) as probability_percent,
        links.reason,
        links.evidence,
        a.record || ',' || b.record || ',same or not_same,why' as override_row
    from links
    inner join named as a
        on links.record_a = a.group_id
    inner join named as b
        on links.record_b = b.group_id
    where a.customer_id <> b.customer_id

)

select * from queue

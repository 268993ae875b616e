-- Edges as source records have them, for getvariable('records') of them, half as many edges. Records come in threes that share an e-mail
-- (each with a chance of a half) and a phone (0.6): a star around the smallest record of each value. The last 1.5% are also chained, up to
-- 1,000 in a row, as a phone that wanders through a family does it.
create schema intermediate;

create table intermediate.int_identity__strong_edges as
with

records as (

    select
        number,
        number // 3 as person,
        cast(hash(number) >> 4 as bigint) as record_id
    from range(getvariable('records')) as numbers (number)

),

identifiers as (

    select 'email' as identifier_type, person, record_id
    from records
    where hash(number, 'email') % 100 < 50

    union all

    select 'phone' as identifier_type, person, record_id
    from records
    where hash(number, 'phone') % 100 < 60

),

first_records as (

    select identifier_type, person, min(record_id) as record_id
    from identifiers
    group by identifier_type, person

)

select first_records.record_id as record_a, identifiers.record_id as record_b
from first_records
inner join identifiers using (identifier_type, person)
where first_records.record_id <> identifiers.record_id

union all

select record_id as record_a, cast(hash(number + 1) >> 4 as bigint) as record_b
from records
where number > getvariable('records') * 0.985 and number % 1000 <> 0 and number % 1000 <> hash(number // 1000, 'cut') % 1000;

-- Splink asks for the nodes too, and gets them as a gift
create table nodes as
select record_a as node from intermediate.int_identity__strong_edges
union
select record_b as node from intermediate.int_identity__strong_edges;

-- What is said about getvariable('people') people, in the columns of int_identity__sightings: about 6.5 source records each, in the shares of
-- the demo. One in thirty shares a mailbox with a neighbour, one in ten a telephone; on one receipt in 400 stands the telephone of the till.
-- `arrival` says what comes with the day: a third of its rows are new people's, half are new rows of known people, the rest known rows that change.
create or replace temp macro draw(seed, what) as hash(seed, what) / 18446744073709551616.0;
create or replace temp macro pick(seed, what, n) as cast(hash(seed, what) % n as integer);

create or replace temp table people as
select
    number,
    ['anna', 'Ben', 'Carla', 'David', 'Élise', 'Frank', 'Greta', 'Hugo', 'Ida', 'Jan', 'Karim', 'Lena', 'Marc', 'Nora', 'Otto', 'Paula'][1 + pick(number, 'first', 16)]
        || ['', 'e', 'o', 'ina', ' Maria', 'us'][1 + pick(number, 'ending', 6)] as first_name,
    ['Smith', 'Müller', 'Rossi', 'Martin', 'Novak', 'Jansen', 'Berg', 'O''Neill'][1 + pick(number // 3, 'last', 8)]
        || ['', 'son', 'mann', 'ski', 'er', 'ez'][1 + pick(number // 3, 'ending', 6)] || chr(97 + pick(number // 3, 'letter', 26)) as last_name,
    date '1945-01-01' + pick(number, 'birth', 21900) as birth_date,
    (1 + pick(number // 2, 'house', 200)) || ' ' || ['High Street', 'Station Road', 'Mill Lane', 'Park Avenue', 'Church Row'][1 + pick(number // 2, 'street', 5)] as address_line,
    ['London', 'Leeds', 'York', 'Bath', 'Hull'][1 + pick(number // 2, 'city', 5)] as city,
    'LS' || pick(number // 2, 'district', 30) || ' ' || pick(number // 2, 'sector', 10) || 'AB' as postal_code,
    case when draw(number, 'mailbox') < 0.03 then number // 2 else number end as mailbox,
    case when draw(number, 'telephone') < 0.1 then number // 2 else number end as telephone
from range(getvariable('people')) as all_people (number);

create or replace temp table kinds as
select * from (values
    ('privacy', 'consent_event', 'own', 2.0, 0.77, 0.14, 0.09, 0, 0, 0, 0, 0),
    ('shopify', 'order', 'account', 1.07, 1, 0.7, 0, 1, 0, 0, 1, 1),
    ('shopify', 'order', 'own', 0.42, 1, 0.7, 0, 0, 0, 0, 1, 1),
    ('segment', 'identifies', 'device', 0.93, 1, 0, 0, 0.77, 0, 0, 0.5, 0),
    ('klaviyo', 'person', 'own', 0.84, 1, 0.36, 0, 0, 0, 0, 0.86, 0),
    ('pos', 'receipt', 'own', 0.7, 0.36, 0.15, 0.5, 0, 0, 0.57, 0, 0),
    ('shopify', 'customer', 'account', 0.6, 1, 0.94, 0, 1, 0, 0, 1, 0),
    ('hubspot', 'contact', 'own', 0.4, 1, 0.2, 0, 0, 1, 0, 0.8, 0.34),
    ('loyalty', 'member', 'own', 0.34, 0.9, 0.84, 1, 0, 0, 0, 1, 0),
    ('feedback', 'survey_response', 'own', 0.14, 1, 0, 0, 0, 0, 0, 0, 0),
    ('social', 'interaction', 'own', 0.13, 1, 0, 0, 0, 0, 0, 0, 0),
    ('feedback', 'review', 'own', 0.09, 1, 0, 0, 0, 0, 0, 0, 0),
    ('loyalty', 'referral', 'own', 0.08, 1, 0, 0, 0, 0, 0, 0, 0),
    ('zendesk', 'user', 'own', 0.05, 0.96, 0.37, 0, 0.4, 0, 0, 1, 0),
    ('shopify', 'abandoned_checkout', 'own', 0.04, 1, 0, 0, 0.7, 0, 0, 0, 0)
) as kinds (source_system, source_table, belongs_to, per_person, email, phone, loyalty_number, shop_customer_id, crm_contact_id, payment_card, name, address);

create or replace temp table written as
with numbered as (
    select
        people.*,
        kinds.* rename (email as email_share, phone as phone_share, loyalty_number as loyalty_share, shop_customer_id as account_share, crm_contact_id as contact_share, payment_card as card_share, name as name_share, address as address_share),
        unnest(range(cast(floor(kinds.per_person + draw(people.number, kinds.source_table || kinds.belongs_to)) as integer))) as nth
    from people cross join kinds
),
seeded as (
    select
        *,
        number || '-' || nth || case when source_table = 'order' and belongs_to = 'own' then 'g' else '' end as source_key,
        hash(number, source_system, source_table, belongs_to, nth) as seed
    from numbered
)
select
    number,
    seed,
    source_system,
    source_table,
    source_key,
    case belongs_to
        when 'account' then 'shopify.customer:' || number
        when 'device' then 'segment.device:' || number || '-' || (nth // 2)
        else source_system || '.' || source_table || ':' || source_key
    end as record_key,
    case when draw(seed, 'email') < email_share then
        case when draw(seed, 'capital') < 0.1 then 'Person.' else 'person.' end || mailbox
        || case when draw(seed, 'plus') < 0.05 then '+shop' else '' end
        || '@' || ['gmail.com', 'outlook.com', 'example.org', 'mail.example.net'][1 + pick(mailbox, 'provider', 4)]
    end as email,
    cast(null as varchar) as second_email,
    case
        when source_table = 'receipt' and draw(seed, 'till') < 0.0025 then '020 7946 0018'
        when draw(seed, 'phone') < phone_share then
            case when draw(seed, 'plus44') < 0.5 then '+44 7' else '07' end || lpad(cast(200000000 + telephone * 7 as varchar), 9, '0')
    end as phone,
    'GB' as country_code,
    case when draw(seed, 'loyalty_number') < loyalty_share and draw(number, 'member') < 0.6 then 'M' || number end as loyalty_number,
    case when draw(seed, 'shop_customer_id') < account_share then cast(number as varchar) end as shop_customer_id,
    case when contact_share = 1 then source_key end as crm_contact_id,
    case when draw(seed, 'payment_card') < card_share then 'card_' || number || '_' || pick(seed, 'card', 2) end as payment_card,
    case when source_table = 'order' and nth = 0 and belongs_to = 'own' or source_table = 'review' then number || '-0' end as order_reference,
    cast(null as varchar) as national_id,
    case when draw(seed, 'name') < name_share then first_name end as first_name,
    case when draw(seed, 'name') < name_share then last_name end as last_name,
    case when draw(seed, 'address') < address_share then address_line end as address_line,
    case when draw(seed, 'address') < address_share then city end as city,
    case when draw(seed, 'address') < address_share then postal_code end as postal_code,
    case when source_table in ('member', 'contact') and draw(seed, 'birth_date') < 0.6 then birth_date end as birth_date,
    cast(null as boolean) as is_verified,
    timestamp '2024-01-01' + to_minutes(pick(seed, 'time', 1000000)) as first_seen_at,
    timestamp '2024-01-01' + to_minutes(pick(seed, 'time', 1000000)) as observed_at,
    case
        when number < getvariable('people') * 0.003 or draw(seed, 'arrival') < 0.005 then 'new'
        when draw(seed, 'arrival') < 0.007 then 'changed'
        when draw(seed, 'arrival') < 0.009 then 'new the day before'
        else 'known'
    end as arrival
from seeded;

with

normalising as (

    select {{ fingerprint(['domain', 'canonical_domain', 'ignores_dots', 'ignores_plus_suffix']) }} as digest
    from {{ ref('email_providers') }}

    union all

    select {{ fingerprint([
        'country_code', 'calling_code', 'international_prefix', 'trunk_prefix', 'min_digits', 'max_digits', 'min_digits_without_trunk'
    ]) }} as digest
    from {{ ref('calling_codes') }}

),

matching as (

    select {{ fingerprint([
        'identifier_type', 'strength', 'priority', 'max_records', 'max_values_per_customer', 'max_people', 'reassigned_after_days'
    ]) }} as digest
    from {{ ref('identifier_rules') }}

    union all

    select {{ fingerprint(['identifier_type', 'identifier_value']) }} as digest
    from {{ ref('blocked_identifiers') }}

),

digests as (

    select
        (select bit_xor(digest) from normalising) as normalising_digest,
        (select bit_xor(digest) from matching) as matching_digest

)

select * from digests

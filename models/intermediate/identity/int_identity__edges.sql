with

identifiers as (

    select * from {{ ref('int_identity__identifiers') }}

),

usable_values as (

    select * from {{ ref('int_identity__identifier_values') }}
    where unusable_reason is null and records > 1

),

-- a star around the first record of each value: as connected as all pairs, and as many edges as records
edges as (

    select
        usable_values.first_record_id as record_a,
        identifiers.record_id as record_b,
        usable_values.priority
    from usable_values
    inner join identifiers
        on usable_values.identifier_type = identifiers.identifier_type
        and usable_values.identifier_value = identifiers.identifier_value

)

select * from edges

with

records as (

    select * from {{ ref('int_identity__resolved_records') }}

),

identities as (

    select
        -- keys
        source_system,
        source_table,
        source_key,
        customer_id,

        -- facts
        matched_by,

        -- times
        first_seen_at
    from records

)

select * from identities

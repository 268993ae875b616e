{{ config(materialized='table') }}

with

labels as (

    select
        {{ record_id("source_system || '.' || source_table || ':' || source_key") }} as record_id,
        person_id
    from {{ ref('stg_identity__labels') }}

),

matched as (

    select * from {{ ref('int_identity__matched_records') }}

),

resolved as (

    select * from {{ ref('int_identity__resolved_records') }}

),

-- a record that is no customer's (unknown, or a device that might be two people's) is tied to nothing: its own number stands for that
labelled as (

    select
        labels.record_id,
        labels.person_id,
        resolved.record_id is not null as is_known,
        coalesce(resolved.customer_id, cast(labels.record_id as {{ dbt.type_string() }})) as customer_id,
        cast(coalesce(matched.group_id, labels.record_id) as {{ dbt.type_string() }}) as group_id
    from labels
    left join matched
        on labels.record_id = matched.record_id
    left join resolved
        on labels.record_id = resolved.record_id

)

select * from labelled

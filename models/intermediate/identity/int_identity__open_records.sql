{{ config(materialized='table') }}

with

changed as (

    select record_id from {{ ref('int_identity__changed_records') }}

),

islands as (

    select * from {{ ref('int_identity__islands') }}

),

touched as (

    select distinct islands.component
    from islands
    inner join changed
        on islands.node = changed.record_id

),

opened as (

    select islands.node as record_id
    from islands
    inner join touched
        on islands.component = touched.component

    union

    select record_id from changed

)

select * from opened

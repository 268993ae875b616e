{{ config(materialized='table') }}

with

sessions as (

    select * from {{ ref('int_sessions__sessionised') }}

)

{{ channels_of('sessions') }}

{{ config(materialized='connected_components') }}

select distinct
    record_a as a,
    record_b as b
from {{ ref('int_identity__edges') }}
where record_a <> record_b

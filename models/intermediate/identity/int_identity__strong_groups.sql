{{ config(materialized='connected_components') }}

select
    record_a as a,
    record_b as b
from {{ ref('int_identity__strong_edges') }}

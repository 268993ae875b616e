{{ config(materialized='connected_components') }}

select
    core_a as a,
    core_b as b
from {{ ref('int_identity__core_edges') }}

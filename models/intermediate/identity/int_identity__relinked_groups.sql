{{ config(materialized='table') }}
{%- set settled = last_run_of('int_identity__settled_records') %}

-- Likeness is judged anew in every run, also of groups that were not opened.
with

fuzzy_groups as (

    select * from {{ ref('int_identity__fuzzy_groups') }}
    where node <> component

),

settled as (

    {% if settled %}
    select distinct
        tied_group_id as node,
        group_id as component
    from {{ settled }}
    where tied_group_id <> group_id
    {% else %}
    select * from fuzzy_groups
    {% endif %}

),

relinked as (

    select
        coalesce(fuzzy_groups.component, settled.node) as group_id,
        coalesce(settled.component, fuzzy_groups.node) as former_group_id
    from fuzzy_groups
    full outer join settled
        on fuzzy_groups.node = settled.node
    where fuzzy_groups.component is distinct from settled.component

)

select * from relinked

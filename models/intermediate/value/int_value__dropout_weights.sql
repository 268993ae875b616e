{{ config(materialized='table') }}

{#- Nodes stand a sixteenth apart from -8 to 8; those of no weight are left out, which are half of them. -#}
{%- set nodes_per_side = 128 %}
{%- set step = '0.0625e0' %}
{%- set least_weight = '1e-20' %}

with

parameters as (

    select * from {{ ref('int_value__parameters') }}
    where model in ('bg_nbd', 'mbg_nbd')

),

-- what is known of a customer's chance to leave after an order, given so many repeats: a beta distribution with these two shapes
shapes as (

    select distinct
        parameters.purpose,
        parameters.model,
        parameters.scope,
        repeat_counts.repeats,
        parameters.a as leaving,
        parameters.b + repeat_counts.repeats + case when parameters.model = 'mbg_nbd' then 1 else 0 end as staying
    from parameters
    inner join {{ ref('int_value__repeat_counts') }} as repeat_counts
        on parameters.purpose = repeat_counts.purpose
        and parameters.scope = repeat_counts.scope

),

nodes as (

    select {{ step }} * (numbers.n - {{ nodes_per_side }}) as node
    from range({{ 2 * nodes_per_side + 1 }}) as numbers (n)

),

-- the log odds of leaving, as far from the middle of the distribution as it is wide: nodes lie densest where the weight is,
-- however narrow or lopsided it is, and run out doubly exponentially where there is none
placed as (

    select
        shapes.*,
        nodes.node,
        ln(shapes.leaving / shapes.staying)
        + sqrt(1e0 / shapes.leaving + 1e0 / shapes.staying) * (exp(nodes.node) - exp(-nodes.node)) / 2 as log_odds
    from shapes
    cross join nodes

),

-- ln(1 + exp(x)) without overflow
logarithms as (

    select
        *,
        least(log_odds, 0e0) - ln(1 + exp(-abs(log_odds))) as log_leaving,
        least(-log_odds, 0e0) - ln(1 + exp(-abs(log_odds))) as log_staying,
        ln((exp(node) + exp(-node)) / 2) as log_width
    from placed

),

densities as (

    select
        *,
        leaving * log_leaving + staying * log_staying + log_width as log_density
    from logarithms

),

scaled as (

    select
        *,
        exp(log_density - max(log_density) over (partition by purpose, model, scope, repeats)) as density
    from densities

),

-- by their own sum: the gamma functions of the beta distribution are never needed
weighted as (

    select
        purpose,
        model,
        scope,
        repeats,
        exp(log_leaving) as dropout_probability,
        density / sum(density) over (partition by purpose, model, scope, repeats) as weight
    from scaled

)

select * from weighted
where weight > {{ least_weight }}

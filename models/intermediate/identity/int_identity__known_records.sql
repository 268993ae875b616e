{{ config(materialized='table') }}
{%- set registry = last_run_of('int_identity__registry', is_append_only=true) %}
{%- set settled = last_run_of('int_identity__settled_records') if registry %}

with

grouped as (

    select record_id from {{ ref('int_identity__touched_records') }}

),

known as (

    {% if registry %}
    select
        registry.record_id,
        max_by(registry.customer_id, registry.run) as customer_id,
        min(registry.run) as first_run
    from {{ registry }} as registry
    inner join grouped
        on registry.record_id = grouped.record_id
    group by registry.record_id
    {% else %}
    select
        record_id,
        cast(null as {{ dbt.type_string() }}) as customer_id,
        cast(null as bigint) as first_run
    from grouped
    where false
    {% endif %}

),

gone as (

    {% if settled %}
    select
        known.record_id,
        known.customer_id
    from known
    left join {{ settled }} as settled
        on known.record_id = settled.record_id
    where settled.customer_id is null
    {% else %}
    select * from known
    where false
    {% endif %}

),

-- the customers that they belonged to and that have gone on without them
others as (

    {% if settled %}
    select distinct settled.customer_id
    from {{ settled }} as settled
    inner join gone
        on settled.customer_id = gone.customer_id
    {% else %}
    select customer_id from gone
    {% endif %}

)

select
    known.record_id,
    known.customer_id,
    known.first_run,
    others.customer_id is not null as is_returned
from known
left join gone
    on known.record_id = gone.record_id
left join others
    on gone.customer_id = others.customer_id

{{ config(materialized='table') }}
{%- set settled = last_run_of('int_identity__settled_records') %}
{%- set registry = last_run_of('int_identity__registry') if settled %}

with

grouped as (

    select record_id from {{ ref('int_identity__touched_records') }}

),

returned as (

    {% if registry %}
    select
        registry.record_id,
        max_by(registry.customer_id, registry.run) as customer_id
    from {{ registry }} as registry
    inner join grouped
        on registry.record_id = grouped.record_id
    left join {{ settled }} as settled
        on registry.record_id = settled.record_id
    where settled.customer_id is null
    group by registry.record_id
    {% else %}
    select
        record_id,
        cast(null as {{ dbt.type_string() }}) as customer_id
    from grouped
    where false
    {% endif %}

)

select distinct returned.record_id
from returned
{% if registry %}
inner join {{ settled }} as settled
    on returned.customer_id = settled.customer_id
{% endif %}

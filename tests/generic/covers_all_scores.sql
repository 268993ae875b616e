{% test covers_all_scores(model) %}

{%- set bins = var('rfm_bins') | int %}

with

scores as (

    select distinct recency_score as score
    from {{ model }}

),

combinations as (

    select
        count(*) as found,
        min(least(recency_score, frequency_score, monetary_score)) as lowest,
        max(greatest(recency_score, frequency_score, monetary_score)) as highest
    from {{ model }}

)

select *
from combinations
where found <> {{ bins * bins * bins }} or lowest <> 1 or highest <> {{ bins }}
    or (select count(*) from scores) <> {{ bins }}

{% endtest %}

with

labelled as (

    select * from {{ ref('int_identity__labelled_records') }}

),

resolved as (

    select
        customer_id,
        count(*) as records
    from {{ ref('int_identity__resolved_records') }}
    group by customer_id

),

-- pairs of records are never formed: how many there are follows from how many records lie in each cell
cells as (

    {% for suffix, cluster in [('', 'customer_id'), ('_deterministic', 'group_id')] %}
    select
        '{{ suffix }}' as suffix,
        person_id,
        {{ cluster }} as cluster_id,
        count(*) as records
    from labelled
    group by person_id, {{ cluster }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

sized as (

    select
        suffix,
        person_id,
        cluster_id,
        records,
        cast(sum(records) over (partition by suffix, cluster_id) as bigint) as cluster_records,
        cast(sum(records) over (partition by suffix, person_id) as bigint) as person_records
    from cells

),

-- twice the pairs, which is the same share; each cell is one of its cluster's and one of its person's
summed as (

    select
        suffix,
        sum(records * (records - 1)) as pairs_together,
        sum(records * (cluster_records - 1)) as pairs_found,
        sum(records * (person_records - 1)) as pairs_true,
        -- eight digits, of which both engines divide without losing the sixth
        cast(sum(cast(records * records / cluster_records as decimal(28, 12))) / sum(records) as decimal(9, 8)) as purity,
        cast(sum(cast(records * records / person_records as decimal(28, 12))) / sum(records) as decimal(9, 8)) as wholeness,
        count(distinct case when records < cluster_records then cluster_id end) as clusters_mixed,
        count(distinct case when records < person_records then person_id end) as people_split
    from sized
    group by suffix

),

measured as (

    {% for metric, measure in [
        ('pairwise_precision', 'pairs_together / nullif(pairs_found, 0)'),
        ('pairwise_recall', 'pairs_together / nullif(pairs_true, 0)'),
        ('pairwise_f1', '2 * pairs_together / nullif(pairs_found + pairs_true, 0)'),
        ('bcubed_precision', 'purity'),
        ('bcubed_recall', 'wholeness'),
        ('bcubed_f1', '2 * purity * wholeness / (purity + wholeness)'),
        ('people_mixed', 'clusters_mixed'),
        ('people_split', 'people_split')
    ] %}
    select
        '{{ metric }}' || suffix as metric,
        cast({{ measure }} as decimal(18, 6)) as measure
    from summed

    union all

    {% endfor %}
    {% for metric, measure in [('labelled_records', 'count(*)'), ('unknown_records', 'count(case when not is_known then 1 end)')] %}
    select
        '{{ metric }}' as metric,
        cast(case when count(*) > 0 then {{ measure }} end as decimal(18, 6)) as measure
    from labelled

    union all

    {% endfor %}
    {% for metric, measure in [
        ('records', 'sum(records)'),
        ('customers', 'count(*)'),
        ('largest_customer', 'max(records)'),
        ('customers_of_one_record', 'count(case when records = 1 then 1 end)')
    ] %}
    select
        '{{ metric }}' as metric,
        cast(coalesce({{ measure }}, 0) as decimal(18, 6)) as measure
    from resolved
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    metric,
    measure as value -- noqa: RF04
from measured
where measure is not null

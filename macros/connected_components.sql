{#- materialized='connected_components': the model's select gives edges (a, b); the table has a row per node: node, component
    (the smallest node of its component).

    Randomised contraction (Boegeholz, Brand, Todor: In-database connected component analysis, ICDE 2020). In every round each node
    points to whichever of itself and its neighbours comes first in an order drawn anew, and the edges are rewritten over those
    representatives. Edges shrink geometrically however long the chains are; then the rounds are read backwards.
    The first round, which is nearly all the work, takes the order of the numbers themselves: it needs no draw, and the smallest node of a
    component is then among its representatives, so that labels need only be found for those that the first round did not settle.
    A materialization because the number of rounds depends on the data: a model body would run it at compile time.

    With `grow: true` the select need only give what is new: it joins the components of the run before, which are never taken apart. -#}
{% materialization connected_components, default, supported_languages=['sql'] %}
    {%- set scratch = [] -%}
    {#- a round without edges costs DuckDB less than dbt a statement more; on Spark each is two tables #}
    {%- set rounds_at_once = 3 if target.type == 'duckdb' else 1 -%}
    {%- set round = namespace(batch=[], edges=none, representatives=[], done=false) -%}

    {{ run_hooks(pre_hooks) }}

    {%- set standing = last_run_of(this.identifier) if config.get('grow') else none -%}
    {%- set given = '(' ~ sql ~ '\n) as given' -%}
    {%- if standing -%}
        {%- set given = '(select coalesce(x.component, given.a) as a, coalesce(y.component, given.b) as b from ' ~ given
            ~ ' left join ' ~ standing ~ ' as x on given.a = x.node left join ' ~ standing ~ ' as y on given.b = y.node) as rewritten' -%}
    {%- endif -%}
    {%- set round.edges = scratch_name('edges_0') -%}
    {%- set round.batch = [('edges_0', 'select a, b from ' ~ given ~ ' where a <> b')] -%}
    {%- for number in range(config.get('max_rounds', 100)) if not round.done -%}
        {%- if number % rounds_at_once == 0 -%}
            {%- set round.done = not scratch_tables(round.batch, scratch, 'select 1 from ' ~ round.edges ~ ' limit 1') -%}
            {%- set round.batch = [] -%}
        {%- endif -%}
        {%- if not round.done -%}
            {%- set chosen = 'least(node, min(neighbour))' if number == 0 else
                'case when min(' ~ drawn_order('neighbour', number) ~ ') < ' ~ drawn_order('node', number)
                ~ ' then min_by(neighbour, ' ~ drawn_order('neighbour', number) ~ ') else node end' -%}
            {%- set representatives = scratch_name('representatives_' ~ number) -%}
            {%- do round.representatives.append(representatives) -%}
            {%- do round.batch.append(('representatives_' ~ number, 'select node, ' ~ chosen ~ ' as representative'
                ~ ' from (select a as node, b as neighbour from ' ~ round.edges
                ~ ' union all select b as node, a as neighbour from ' ~ round.edges ~ ') as both_ways group by node')) -%}
            {%- do round.batch.append(('edges_' ~ (number + 1),
                'select distinct least(x.representative, y.representative) as a, greatest(x.representative, y.representative) as b'
                ~ ' from ' ~ round.edges ~ ' as edges'
                ~ ' inner join ' ~ representatives ~ ' as x on edges.a = x.node'
                ~ ' inner join ' ~ representatives ~ ' as y on edges.b = y.node'
                ~ ' where x.representative <> y.representative')) -%}
            {%- set round.edges = scratch_name('edges_' ~ (number + 1)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not round.done -%}
        {%- do exceptions.raise_compiler_error(model.name ~ ' did not converge; raise max_rounds') -%}
    {%- endif -%}

    {%- set final = namespace(relation=none, batch=[]) -%}
    {%- for representatives in round.representatives[1:] | reverse -%}
        {%- if final.relation is none -%}
            {%- set final.relation = representatives -%}
        {%- else -%}
            {%- do final.batch.append(('composed_' ~ loop.index,
                'select earlier.node, coalesce(later.representative, earlier.representative) as representative from ' ~ representatives
                ~ ' as earlier left join ' ~ final.relation ~ ' as later on earlier.representative = later.node')) -%}
            {%- set final.relation = scratch_name('composed_' ~ loop.index) -%}
        {%- endif -%}
    {%- endfor -%}

    {%- if not round.representatives -%}
        {%- set labels = 'select a as node, a as component from ' ~ round.edges -%}
    {%- elif final.relation is none -%}
        {%- set labels = 'select node, representative as component from ' ~ round.representatives[0] -%}
    {%- else -%}
        {%- set labels = 'select settled.node, coalesce(labels.component, settled.representative) as component from '
            ~ round.representatives[0] ~ ' as settled left join (select nodes.node, smallest.component from ' ~ final.relation
            ~ ' as nodes inner join (select representative, min(node) as component from ' ~ final.relation
            ~ ' group by representative) as smallest on nodes.representative = smallest.representative) as labels'
            ~ ' on settled.representative = labels.node' -%}
    {%- endif -%}
    {%- if standing -%}
        {%- do final.batch.append(('grown', labels)) -%}
        {%- do final.batch.append(('moved', 'select standing.node, grown.component from ' ~ standing ~ ' as standing inner join '
            ~ scratch_name('grown') ~ ' as grown on standing.component = grown.node where standing.component <> grown.component'
            ~ ' union all select grown.node, grown.component from ' ~ scratch_name('grown') ~ ' as grown left join ' ~ standing
            ~ ' as standing on grown.node = standing.node where standing.node is null')) -%}
    {%- endif -%}
    {%- if final.batch -%}{%- do scratch_tables(final.batch, scratch) -%}{%- endif -%}

    {%- if standing -%}
        {{ return(changed_table(standing, 'node', scratch_name('moved'), scratch)) }}
    {%- endif -%}
    {{ return(written_table(labels, scratch)) }}
{% endmaterialization %}

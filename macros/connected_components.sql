{#- materialized='connected_components': the model's select gives edges (a, b); the table has a row per node: node, component
    (the smallest node of its component).

    Randomised contraction (Boegeholz, Brand, Todor: In-database connected component analysis, ICDE 2020). In every round each node
    points to whichever of itself and its neighbours comes first in an order drawn anew, and the edges are rewritten over those
    representatives. Edges shrink geometrically however long the chains are; then the rounds are read backwards.
    A materialization because the number of rounds depends on the data: a model body would run it at compile time. -#}
{% materialization connected_components, default, supported_languages=['sql'] %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set scratch = [] -%}
    {%- set round = namespace(edges=none, representatives=[], done=false) -%}

    {{ run_hooks(pre_hooks) }}

    {%- set round.edges = scratch_table('edges_0',
        'select distinct least(a, b) as a, greatest(a, b) as b from (' ~ sql ~ ') as given where a <> b', scratch) -%}
    {%- for number in range(config.get('max_rounds', 100)) if not round.done -%}
        {%- if run_query('select 1 from ' ~ round.edges ~ ' limit 1') | length == 0 -%}
            {%- set round.done = true -%}
        {%- else -%}
            {%- set first_neighbour = 'min_by(neighbour, ' ~ drawn_order('neighbour', number) ~ ')' -%}
            {%- set representatives = scratch_table('representatives_' ~ number,
                'select node, case when min(' ~ drawn_order('neighbour', number) ~ ') < ' ~ drawn_order('node', number)
                ~ ' then ' ~ first_neighbour ~ ' else node end as representative'
                ~ ' from (select a as node, b as neighbour from ' ~ round.edges
                ~ ' union all select b as node, a as neighbour from ' ~ round.edges ~ ') as both_ways group by node', scratch) -%}
            {%- do round.representatives.append(representatives) -%}
            {%- set round.edges = scratch_table('edges_' ~ (number + 1),
                'select distinct least(x.representative, y.representative) as a, greatest(x.representative, y.representative) as b'
                ~ ' from ' ~ round.edges ~ ' as edges'
                ~ ' inner join ' ~ representatives ~ ' as x on edges.a = x.node'
                ~ ' inner join ' ~ representatives ~ ' as y on edges.b = y.node'
                ~ ' where x.representative <> y.representative', scratch) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not round.done -%}
        {%- do exceptions.raise_compiler_error(model.name ~ ' did not converge; raise max_rounds') -%}
    {%- endif -%}

    {%- set final = namespace(relation=none) -%}
    {%- for representatives in round.representatives | reverse -%}
        {%- if final.relation is none -%}
            {%- set final.relation = representatives -%}
        {%- else -%}
            {%- set final.relation = scratch_table('composed_' ~ loop.index,
                'select earlier.node, coalesce(later.representative, earlier.representative) as representative from ' ~ representatives
                ~ ' as earlier left join ' ~ final.relation ~ ' as later on earlier.representative = later.node', scratch) -%}
        {%- endif -%}
    {%- endfor -%}

    {%- if existing_relation -%}{%- do adapter.drop_relation(existing_relation) -%}{%- endif -%}
    {% call statement('main') -%}
        {%- if final.relation is none -%}
            {{ create_table_as(false, target_relation, 'select a as node, a as component from ' ~ round.edges) }}
        {%- else -%}
            {{ create_table_as(false, target_relation,
                'select nodes.node, labels.component from ' ~ final.relation ~ ' as nodes inner join'
                ~ ' (select representative, min(node) as component from ' ~ final.relation ~ ' group by representative) as labels'
                ~ ' on nodes.representative = labels.representative') }}
        {%- endif -%}
    {%- endcall %}

    {%- for relation in scratch -%}{%- do adapter.drop_relation(relation) -%}{%- endfor -%}
    {%- do persist_docs(target_relation, model) -%}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro scratch_table(suffix, sql, scratch) %}
    {%- set relation = this.incorporate(path={'identifier': this.identifier ~ '__' ~ suffix}, type='table') -%}
    {%- do adapter.drop_relation(relation) -%}
    {%- call statement('scratch_' ~ suffix) -%}{{ create_table_as(false, relation, sql) }}{%- endcall -%}
    {%- do scratch.append(relation) -%}
    {{ return(relation) }}
{% endmacro %}

{#- materialized='seeded_regions': the model's select gives edges (a, b, priority) and, as rows with a = b, seeds (person). The table has a row
    per node: node, component (the smallest node of its region).

    The regions of the seeds grow edge by edge, the strongest edges (smallest priority) everywhere before any weaker one, until all nodes
    are taken; an edge between two regions is cut. So what is cut is the weakest there is between two people, in any order of the rows.
    A materialization because the number of rounds depends on the data, which is little: groups that contradict themselves. -#}
{% materialization seeded_regions, default, supported_languages=['sql'] %}
    {%- set scratch = [] -%}

    {{ run_hooks(pre_hooks) }}

    {%- set given, edges = scratch_name('given'), scratch_name('edges') -%}
    {%- set round = namespace(taken=scratch_name('taken_0'), done=false, batch=[
        ('given', sql),
        ('edges', 'select a as node, b as neighbour, priority from ' ~ given ~ ' where a <> b'
            ~ ' union all select b as node, a as neighbour, priority from ' ~ given ~ ' where a <> b'),
        ('taken_0', 'select a as node, min(person) as person from ' ~ given ~ ' where a = b group by a')
    ]) -%}
    {%- for number in range(1, config.get('max_rounds', 1000)) if not round.done -%}
        {%- set frontier = '(select edges.node, edges.priority, taken.person from ' ~ edges ~ ' as edges inner join ' ~ round.taken
            ~ ' as taken on edges.neighbour = taken.node left join ' ~ round.taken ~ ' as known on edges.node = known.node'
            ~ ' where known.node is null)' -%}
        {%- if not scratch_tables(round.batch, scratch, 'select 1 from ' ~ frontier ~ ' as frontier limit 1') -%}
            {%- set round.done = true -%}
        {%- else -%}
            {%- set round.batch = [('taken_' ~ number, 'select node, person from ' ~ round.taken
                ~ ' union all select frontier.node, min(frontier.person) as person from ' ~ frontier ~ ' as frontier inner join'
                ~ ' (select min(priority) as priority from ' ~ frontier ~ ' as every) as strongest on frontier.priority = strongest.priority'
                ~ ' group by frontier.node')] -%}
            {%- set round.taken = scratch_name('taken_' ~ number) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not round.done -%}
        {%- do exceptions.raise_compiler_error(model.name ~ ' did not come to an end; raise max_rounds') -%}
    {%- endif -%}

    {{ return(written_table('select taken.node, regions.component from ' ~ round.taken ~ ' as taken inner join'
        ~ ' (select person, min(node) as component from ' ~ round.taken ~ ' group by person) as regions'
        ~ ' on taken.person = regions.person', scratch)) }}
{% endmaterialization %}

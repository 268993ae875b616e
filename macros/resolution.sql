{#- The number of this run of the identity layer: one more than any that its tables hold. In each of them a row holds the number of the run that
    made it, so that the next table finds what is new since its own newest row, without holding everything against everything, and a run makes
    up for one that was killed. A full refresh counts on, since it may be killed too. -#}
{% macro resolution() -%}
    {%- set standing = [] -%}
    {%- for name in ['int_identity__matched_records', 'int_identity__profiles', 'int_identity__settled_records'] -%}
        {%- do standing.append(last_run_of(name, even_in_full_refresh=true)) -%}
    {%- endfor -%}
    {{ return(last_resolution(standing | select | list) + 1) }}
{%- endmacro %}

{#- The number of the newest row of any of these tables. It is asked for before the model runs, and is a constant in it: then DuckDB does not read
    what is older. -#}
{% macro last_resolution(relations) -%}
    {%- set numbers = [] -%}
    {%- for relation in relations -%}
        {%- do numbers.append('select max(resolution) as resolution from ' ~ relation) -%}
    {%- endfor -%}
    {%- if numbers -%}
        {%- set last = run_query('select coalesce(max(resolution), 0) from (' ~ numbers | join(' union all ') ~ ') as newest') -%}
        {{ return(last.columns[0].values()[0] | int) }}
    {%- endif -%}
    {{ return(0) }}
{%- endmacro %}

{#- Whether every row of a table is newer than the newest of one that follows from it: so it is after a full refresh that was killed between the two. -#}
{% macro made_anew_since(relation, last) -%}
    not exists (select oldest.resolution from {{ relation }} as oldest where oldest.resolution <= {{ last }})
{%- endmacro %}

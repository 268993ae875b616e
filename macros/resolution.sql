{#- The number of this run of the identity layer: one more than any that its tables hold. In each of them a row holds the number of the run that
    made it, so that the next table finds what is new since its own newest row, without holding everything against everything, and a run makes
    up for one that was killed. A full refresh counts on, since it may be killed too. -#}
{% macro resolution() -%}
    {%- set last = ['0', '0'] -%}
    {%- for name in ['int_identity__matched_records', 'int_identity__profiles', 'int_identity__settled_records'] -%}
        {%- set standing = last_run_of(name, even_in_full_refresh=true) -%}
        {%- if standing -%}{%- do last.append(last_resolution(standing)) -%}{%- endif -%}
    {%- endfor -%}
    cast(greatest({{ last | join(', ') }}) + 1 as bigint)
{%- endmacro %}

{#- The number of the newest row of a table. -#}
{% macro last_resolution(relation) -%}
    (select coalesce(max(newest.resolution), 0) from {{ relation }} as newest)
{%- endmacro %}

{#- Whether every row of a table is newer than all of the one that follows from it: so it is after a full refresh that was killed between the two. -#}
{% macro made_anew_since(relation, follower) -%}
    (select coalesce(min(oldest.resolution), {{ resolution() }}) from {{ relation }} as oldest) > {{ last_resolution(follower) }}
{%- endmacro %}

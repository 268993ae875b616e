{#- 'ann.lee+shoes@googlemail.com' becomes 'annlee@gmail.com' by the rules of its provider (columns of email_providers, null for others).
    A suffix is left out only where a name is left: '+shoes@gmail.com' is one address, not everybody's. -#}
{% macro canonical_email(column, provider) -%}
    {%- set local = "split_part(" ~ column ~ ", '@', 1)" -%}
    {%- set has_suffix = provider ~ ".ignores_plus_suffix and " ~ column ~ " not like '+%' and " ~ column ~ " not like '%.+%'" -%}
    {%- set without_suffix = "case when " ~ has_suffix ~ " then split_part(" ~ local ~ ", '+', 1) else " ~ local ~ " end" -%}
    case when {{ provider }}.ignores_dots then replace({{ without_suffix }}, '.', '') else {{ without_suffix }} end
    || '@' || coalesce({{ provider }}.canonical_domain, split_part({{ column }}, '@', 2))
{%- endmacro %}

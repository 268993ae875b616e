{#- The keys that came more than once in a raw table: the few for which versions and duplicates must be told apart. Reads only the key. -#}
{% macro repeated_keys(raw) -%}
    select *
    from ({{ typed_columns(raw, raw['key']) }}) as typed
    where {{ (raw['quoted_key'] or ['no_column']) | join(' is not null and ') }} is not null
    group by all
    having count(*) > 1
{%- endmacro %}

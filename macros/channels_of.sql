{#- The channel of each distinct origin in a relation, by the seed channel_mapping: few origins are held against few rules, however many
    visits there are. `origins` has utm_source, utm_medium, url_parameters and referrer_host, each of which may be null. -#}
{% macro channels_of(origins) -%}
    select
        origins.utm_source,
        origins.utm_medium,
        origins.url_parameters,
        origins.referrer_host,
        min_by(rules.channel, rules.priority) as channel
    from (select distinct utm_source, utm_medium, url_parameters, referrer_host from {{ origins }}) as origins
    inner join {{ ref('channel_mapping') }} as rules
        on coalesce(origins.utm_source, '') like coalesce(rules.utm_source, '%')
        and coalesce(origins.utm_medium, '') like coalesce(rules.utm_medium, '%')
        and '&' || coalesce(origins.url_parameters, '') || '&' like coalesce('%&' || rules.url_parameter || '&%', '%')
        and coalesce(origins.referrer_host, '') like coalesce(rules.referrer_host, '%')
    group by origins.utm_source, origins.utm_medium, origins.url_parameters, origins.referrer_host
{%- endmacro %}

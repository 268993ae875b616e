with

staged as (

    {% for system, table, model in raw_tables() %}
    {% set money = source_contract(system, table).get('money', {}) %}
    select
        '{{ system }}' as source_system,
        '{{ table }}' as source_table,
        {{ "coalesce(currency, 'none')" if money.currency else "'none'" if money else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as currency,
        cast(count(*) as bigint) as row_count,
        cast({{ 'sum(coalesce(cast(' ~ money.staged_as ~ ' as decimal(18, 2)), 0))' if money else 'null' }} as decimal(18, 2)) as amount
    from {{ ref(model) }}
    {{ "group by coalesce(currency, 'none')" if money.currency }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from staged

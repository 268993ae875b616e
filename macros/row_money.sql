{#- The currency and headline amount of a typed row, as the contract names them; nulls for a table without money. -#}
{% macro row_money(raw) -%}
    {%- set money = raw.get('money', {}) -%}
    {%- if money -%}
        coalesce(upper({{ adapter.quote(money['currency']) if money.get('currency') else 'cast(null as ' ~ dbt.type_string() ~ ')' }}), 'none') as currency,
        coalesce(cast({{ adapter.quote(money['amount']) }}{{ ' * ' ~ money['unit'] if money.get('unit') }} as decimal(18, 2)), 0) as amount
    {%- else -%}
        cast(null as {{ dbt.type_string() }}) as currency,
        cast(null as decimal(18, 2)) as amount
    {%- endif -%}
{%- endmacro %}

{#- The columns that it reads. -#}
{% macro money_columns(raw) -%}
    {%- set columns = [] -%}
    {%- for role in ('amount', 'currency') if role in raw.get('money', {}) -%}
        {%- do columns.append(raw['money'][role]) -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}

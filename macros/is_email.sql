{#- Whether a cleaned text has the shape of an address: one @, a local part without stray dots, a domain of labels that neither begin nor end
    with a hyphen, and a top level of letters. A star is allowed in addresses and used for none but masked ones ('a***@shop.com'). -#}
{% macro is_email(column) -%}
    {%- set local = '[^\\x00-\\x20"(),:;<>@\\[\\\\\\]\\x7f*]+' -%}
    {%- set letter, letter_or_digit = '[a-z\\x{80}-\\x{10ffff}]', '[a-z0-9\\x{80}-\\x{10ffff}]' -%}
    {%- set label = letter_or_digit ~ '+(-+' ~ letter_or_digit ~ '+)*' -%}
    {%- set top_level = '(xn--[a-z0-9-]*[a-z0-9]|' ~ letter ~ '{2,})' -%}
    (
        {{ regexp_like(column, '^' ~ local ~ '@(' ~ label ~ '[.])+' ~ top_level ~ '$') }}
        and {{ column }} not like '.%'
        and {{ column }} not like '%..%'
        and {{ column }} not like '%.@%'
        and length({{ column }}) <= 254
    )
{%- endmacro %}

{#- '07700 900123' of a record in GB becomes '+447700900123'; what cannot be a number becomes null.
    `country` names a relation with the columns of calling_codes: the country in whose national format the number is read. Only of its own
    numbers is the length known; those of other countries have 7 to 15 digits. Without its trunk prefix a short number is a local one,
    which exists in many towns, so it is none. Seven equal digits at the end, or eight in counting order, are a placeholder. -#}
{% macro e164_phone(column, country) -%}
    {%- set code, trunk, abroad = country ~ '.calling_code', country ~ '.trunk_prefix', country ~ '.international_prefix' -%}
    {%- set least, most = country ~ '.min_digits', country ~ '.max_digits' -%}
    {%- set least_without_trunk = "coalesce(" ~ country ~ ".min_digits_without_trunk, " ~ least ~ ")" -%}
    {%- set least_without_plus = "coalesce(" ~ country ~ ".min_digits_without_trunk, least(9 + length(" ~ code ~ "), " ~ most ~ " + 1))" -%}

    {#- '+44 (0)20 7946 0018 ext. 12': the zero is not dialled after the code (in '(0)20 ...' it is), and the extension is one of the house -#}
    {%- set plain = "case when " ~ is_ascii(column) ~ " then " ~ column ~ " else " ~ folded(column) ~ " end" -%}
    {%- set undialled = "case when " ~ column ~ " like '(0)%' then '-' else '(0)' end" -%}
    {%- set written = regexp_replace_all('replace(' ~ plain ~ ', ' ~ undialled ~ ", '')", '[xX#;](?s:.*)|[^0-9+xX#;]+', '') -%}

    {%- set digits = "replace(" ~ written ~ ", '+', '')" -%}
    {%- set international -%}
        case
            when {{ written }} like '+%' then '+' || {{ digits }}
            when {{ digits }} like {{ abroad }} || '%' then '+' || substr({{ digits }}, length({{ abroad }}) + 1)
            when {{ digits }} like '00%' then '+' || substr({{ digits }}, 3)
            when {{ digits }} like {{ trunk }} || '%' then '+' || {{ code }} || {{ digits }}
            {# the plus was left out: too long for a national number that happens to begin so, as Italian mobiles do #}
            when {{ digits }} like {{ code }} || '%' and length({{ digits }}) >= {{ least_without_plus }}
                and length({{ digits }}) - length({{ code }}) between {{ least }} and {{ most }}
                then '+' || {{ digits }}
            when length({{ digits }}) >= {{ least_without_trunk }} then '+' || {{ code }} || {{ digits }}
        end
    {%- endset -%}
    {%- set national = "substr(international, length(" ~ code ~ ") + 2)" -%}
    {%- set dialled = "substr(" ~ national ~ ", length(" ~ trunk ~ ") + 1)" -%}
    {%- set placeholder = '(0{7}|1{7}|2{7}|3{7}|4{7}|5{7}|6{7}|7{7}|8{7}|9{7}|01234567|12345678|23456789|34567890|98765432|87654321|76543210)$' -%}
    {%- set number -%}
        case
            when {{ regexp_like('international', placeholder) }} then null
            when {{ code }} is null or international not like '+' || {{ code }} || '%'
                then case when length(international) between 8 and 16 and international not like '+0%' then international end
            when {{ national }} like {{ trunk }} || '%' and {{ dialled }} not like '0%' and length({{ dialled }}) between {{ least }} and {{ most }}
                then '+' || {{ code }} || {{ dialled }}
            when length({{ national }}) between {{ least }} and {{ most }} and ({{ trunk }} is null or {{ trunk }} <> '0' or {{ national }} not like '0%')
                then international
        end
    {%- endset -%}
    {{ let('international', international, number) }}
{%- endmacro %}

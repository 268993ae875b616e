{#- '07700 900123' of a record in GB becomes '+447700900123'; what cannot be a number becomes null.
    `country` names a relation with the columns of calling_codes: the country in whose national format the number is read.
    A number of one repeated digit is a placeholder, not a number. -#}
{% macro e164_phone(column, country) -%}
    {%- set written = regexp_replace_all(regexp_replace_all('lower(' ~ column ~ ')', '(ext|x|#|;).*$', ''), '[(]0[)]|[^0-9+]', '') -%}
    {%- set digits = digits_only(written) -%}
    {%- set national = "case when " ~ country ~ ".trunk_prefix is not null and " ~ digits ~ " like " ~ country ~ ".trunk_prefix || '%' then substr(" ~ digits ~ ", length(" ~ country ~ ".trunk_prefix) + 1) else " ~ digits ~ " end" -%}
    case
        when replace({{ digits }}, left({{ digits }}, 1), '') = '' then null
        when {{ written }} like '+%' and length({{ digits }}) between 8 and 15 then '+' || {{ digits }}
        when {{ written }} like '00%' and length({{ digits }}) between 10 and 17 then '+' || substr({{ digits }}, 3)
        when length({{ national }}) between {{ country }}.min_digits and {{ country }}.max_digits
            then '+' || {{ country }}.calling_code || {{ national }}
        {# written in international format without the plus #}
        when {{ digits }} like {{ country }}.calling_code || '%'
            and length({{ digits }}) - length({{ country }}.calling_code) between {{ country }}.min_digits and {{ country }}.max_digits
            then '+' || {{ digits }}
    end
{%- endmacro %}

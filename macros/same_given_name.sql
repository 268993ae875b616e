{#- Whether two normalised given names may be one person's: 'ann' and 'anna', 'a' and 'anna' (shortened), 'luis' and 'lus' (a letter left out), 'paul' and
    'pual' (two swapped), 'jonathan' and 'jomathan' (a slip in a long name); but not 'tom' and 'tim', 'mark' and 'mary'. -#}
{% macro same_given_name(a, b) -%}
    {%- set shorter = 'least(length(' ~ a ~ '), length(' ~ b ~ '))' -%}
    (
        {{ a }} = {{ b }}
        or {{ a }} like {{ b }} || '%'
        or {{ b }} like {{ a }} || '%'
        or (levenshtein({{ a }}, {{ b }}) = 1 and length({{ a }}) <> length({{ b }}) and {{ shorter }} > 2)
        or (levenshtein({{ a }}, {{ b }}) = 2 and length({{ a }}) = length({{ b }}) and {{ sorted_letters(a) }} = {{ sorted_letters(b) }})
        or (levenshtein({{ a }}, {{ b }}) <= 2 and {{ shorter }} > 5)
    )
{%- endmacro %}

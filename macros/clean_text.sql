{#- ' Ann\tLee@Shop.COM ' becomes 'annlee@shop.com': lower case, without white space, control or invisible characters, because
    what copy and paste adds must not hide that two values are equal. Accents stay, and a letter with a combining one is not the
    letter that has it (NFC), because Spark cannot compose them. -#}
{% macro clean_text(column) -%}
    case
        when {{ is_ascii(column) }} then {{ regexp_replace_all('lower(' ~ column ~ ')', '[\\x00-\\x20\\x7f]+', '') }}
        else {{ regexp_replace_all(
            folded(column),
            '[\\x00-\\x20\\x7f-\\xa0\\xad\\x{061c}\\x{180e}\\x{2000}-\\x{200f}\\x{2028}-\\x{202f}\\x{205f}-\\x{206f}\\x{3000}\\x{fe00}-\\x{fe0f}\\x{feff}]+', ''
        ) }}
    end
{%- endmacro %}

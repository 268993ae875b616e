{#- The country in whose format a phone number is read when nothing else says so. A var becomes SQL here, so anything but two letters is refused. -#}
{% macro default_country() -%}
    {%- set country = var('default_country') | string -%}
    {%- if not modules.re.fullmatch('[A-Z]{2}', country) -%}
        {{ exceptions.raise_compiler_error("var default_country must be an ISO 3166 code such as GB, not '" ~ country ~ "'") }}
    {%- endif -%}
    '{{ country }}'
{%- endmacro %}

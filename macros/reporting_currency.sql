{#- The currency of every *_reporting column, as a SQL text. A var becomes SQL here, so anything but three letters is refused. -#}
{% macro reporting_currency() -%}
    {%- set currency = var('reporting_currency') | string -%}
    {%- if not modules.re.fullmatch('[A-Z]{3}', currency) -%}
        {{ exceptions.raise_compiler_error("var reporting_currency must be an ISO 4217 code such as EUR, not '" ~ currency ~ "'") }}
    {%- endif -%}
    '{{ currency }}'
{%- endmacro %}

-- url_host, url_path and url_parameters on addresses of all kinds.
with

cases as (

    {% for url, host, path, parameters in [
        ('https://www.Example.com/a/b?utm_source=x&gclid=y#z', 'example.com', '/a/b', 'utm_source&gclid'),
        ('http://example.com:8080', 'example.com', '/', none),
        ('https://example.com?q=who@mail.example', 'example.com', '/', 'q'),
        ('https://me:secret@shop.example.com/#top', 'shop.example.com', '/', none),
        ('android-app://com.google.android.gm/', 'com.google.android.gm', '/', none),
        ('https://example.com/a;jsessionid=1?=&flag', 'example.com', '/a', '&flag'),
        ('not an address', none, none, none),
        ('', none, none, none)
    ] %}
    select
        {% for part, value in {'host': host, 'path': path, 'parameters': parameters}.items() %}
        {{ "'" ~ value ~ "'" if value is not none else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as {{ part }},
        {% endfor %}
        '{{ url }}' as url
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    url,
    {{ url_host('url') }} as found_host,
    {{ url_path('url') }} as found_path,
    {{ url_parameters('url') }} as found_parameters
from cases
where {{ url_host('url') }} is distinct from host
    or {{ url_path('url') }} is distinct from path
    or {{ url_parameters('url') }} is distinct from parameters

with

overrides as (

    select * from {{ ref('identity_overrides') }}

),

decided as (

    {% for record, other in [('record_a', 'record_b'), ('record_b', 'record_a')] %}
    select
        {{ record_id(record) }} as record_id,
        {{ fingerprint([other, 'decision']) }} as fingerprint
    from overrides
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

decisions as (

    select
        record_id,
        bit_xor(fingerprint) as fingerprint
    from decided
    group by record_id

)

select * from decisions

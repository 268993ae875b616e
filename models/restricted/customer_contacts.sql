with

golden as (

    select * from {{ ref('int_contacts__golden') }}

),

customers as (

    select distinct customer_id
    from {{ ref('int_identity__resolved_records') }}

),

pivoted as (

    select
        customer_id,
        {% for field in ['name', 'email', 'phone', 'address', 'birth_date'] %}
        {{ golden_field(field) }},
        {% endfor %}
        {% for column in ['first_name', 'last_name', 'address_line', 'city', 'postal_code', 'country_code'] %}
        max({{ column }}) as {{ column }},
        {% endfor %}
        max(case when field = 'email' then value end) as email,
        max(case when field = 'phone' then value end) as phone,
        cast(max(case when field = 'birth_date' then value end) as date) as birth_date
    from golden
    group by customer_id

),

golden_record as (

    select
        -- keys
        customers.customer_id,

        -- facts
        pivoted.first_name,
        pivoted.last_name,
        pivoted.name_source,
        pivoted.name_source_key,
        pivoted.email,
        pivoted.email_source,
        pivoted.email_source_key,
        pivoted.phone,
        pivoted.phone_source,
        pivoted.phone_source_key,
        pivoted.address_line,
        pivoted.city,
        pivoted.postal_code,
        pivoted.country_code,
        pivoted.address_source,
        pivoted.address_source_key,
        pivoted.birth_date_source,
        pivoted.birth_date_source_key,

        -- flags
        {% for field in ['name', 'email', 'phone', 'address', 'birth_date'] %}
        coalesce(pivoted.has_{{ field }}_conflict, false) as has_{{ field }}_conflict,
        {% endfor %}

        -- dates
        pivoted.birth_date,

        -- times
        pivoted.name_observed_at,
        pivoted.email_observed_at,
        pivoted.phone_observed_at,
        pivoted.address_observed_at,
        pivoted.birth_date_observed_at
    from customers
    left join pivoted
        on customers.customer_id = pivoted.customer_id

)

select * from golden_record

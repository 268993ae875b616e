select * from {{ ref('int_identity__profiles') }}
where given_name is not null or family_name is not null

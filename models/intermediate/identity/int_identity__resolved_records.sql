select
    record_id,
    source_system,
    source_table,
    source_key,
    customer_id,
    matched_by,
    first_seen_at
from {{ ref('int_identity__settled_records') }}
where customer_id is not null

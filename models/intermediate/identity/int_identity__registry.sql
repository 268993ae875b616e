{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false, on_schema_change='append_new_columns') }}

-- Only ever appended to, and kept by a full refresh: a lost registry would give every customer a new id.
with

grouped as (

    select * from {{ ref('int_identity__touched_records') }}

),

known as (

    select * from {{ ref('int_identity__known_records') }}

),

this_run as (

    select {{ 'coalesce(max(run), 0) + 1 as run from ' ~ this if is_incremental() else '1 as run' }}

),

votes as (

    select
        known.customer_id,
        grouped.group_id,
        count(*) as records,
        min(known.first_run) as first_run,
        min(grouped.record_key) as first_record_key
    from grouped
    inner join known
        on grouped.record_id = known.record_id
    where not known.is_returned
    group by known.customer_id, grouped.group_id

),

-- each id goes to the group that holds most of its records ...
claims as (

    select
        votes.*,
        row_number() over (
            partition by votes.customer_id order by votes.records desc, votes.first_record_key asc
        ) as claim_rank
    from votes

),

-- ... and each group keeps the id that most of its records had, the oldest of equals; the other ids retire
kept as (

    select
        group_id,
        customer_id,
        row_number() over (partition by group_id order by records desc, first_run asc, first_record_key asc) as keep_rank
    from claims
    where claim_rank = 1

),

-- a new id is drawn from the group's first record and the run, so no id is ever given twice
assigned as (

    select
        grouped.group_id,
        coalesce(max(kept.customer_id), md5(min(grouped.record_key) || '|' || cast(this_run.run as string))) as customer_id,
        this_run.run
    from grouped
    cross join this_run
    left join kept
        on grouped.group_id = kept.group_id and kept.keep_rank = 1
    group by grouped.group_id, this_run.run

),

changed as (

    select
        grouped.record_id,
        assigned.customer_id,
        cast(assigned.run as bigint) as run,
        {{ as_of_date() }} as assigned_date,
        case
            when grouped.guard = 'override' then 'override'
            when known.customer_id is not null and grouped.matched_by = 'alone' then 'no_longer_tied'
            else grouped.matched_by
        end as reason
    from grouped
    inner join assigned
        on grouped.group_id = assigned.group_id
    left join known
        on grouped.record_id = known.record_id
    where known.customer_id is distinct from assigned.customer_id

)

select * from changed

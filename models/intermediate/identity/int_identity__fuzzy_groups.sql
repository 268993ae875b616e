-- a contradiction undoes every link of its component, so what is left are whole components
select
    components.node,
    components.component
from {{ ref('int_identity__fuzzy_components') }} as components
left join {{ ref('int_identity__fuzzy_contradictions') }} as contradictions
    on components.component = contradictions.component
where contradictions.component is null

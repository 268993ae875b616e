-- a property of a JSON object comes out as text; of text of any other kind comes null, never an error
with

cases as (

    select texts.* from (
        values
        ('{"$message": "a1", "other": 1}', 'a1'),
        ('{"other": {"$message": "a1"}}', null),
        ('{"$message": null}', null),
        ('{"$message": 7}', '7'),
        ('{"$message": {"id":"a1"}}', '{"id":"a1"}'),
        ('["$message", "a1"]', null),
        ('{"$message": "a1", "cut', null),
        -- as Python prints a dictionary
        (replace('{~$message~: ~a1~}', '~', chr(39)), null),
        ('None', null),
        ('', null),
        (null, null)
    ) as texts (written, expected)

)

select
    written,
    expected,
    {{ json_text('written', '$message') }} as found
from cases
where {{ json_text('written', '$message') }} is distinct from expected

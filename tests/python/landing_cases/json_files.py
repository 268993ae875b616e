"""Files by the name of JSON lines."""

from landing_cases import Case

GOOD = '{"member_id": 1, "email": "ann@lee.example"}\n'

JSON = {
    "a line each": Case("good.jsonl", GOOD + '{"member_id": "2", "tags": {"x": [1]}}\n', rows=2),
    "no line feed at the end": Case("no_feed.jsonl", GOOD + GOOD[:-1], rows=2),
    "blank lines": Case("blank.jsonl", "\n" + GOOD + "\n\n", rows=1),
    "blank lines alone": Case("only_blank.jsonl", "\n\n"),
    "CR LF": Case("crlf.jsonl", GOOD.replace("\n", "\r\n"), rows=1),
    "upper-case keys": Case("upper.jsonl", GOOD.replace("member_id", "MEMBER_ID"), rows=1),
    "no byte at all": Case("empty.jsonl", "", reason="empty"),
    "cut in the last line": Case("cut.jsonl", GOOD + '{"member_id": 2, "ema', reason="cut off"),
    "broken in the middle": Case("broken.jsonl", GOOD + '{"member_id": 2, "ema\n' + GOOD, reason="malformed JSON"),
    "one array": Case("array.jsonl", f"[{GOOD.strip()}]\n", reason="no JSON objects"),
    "an array over many lines": Case("lines.jsonl", f"[\n{GOOD.strip()},\n{GOOD}]\n", reason="malformed JSON"),
    "scalars": Case("scalars.jsonl", '1\n"Ann"\n', reason="2 of its 2 lines are no JSON objects"),
    "nulls": Case("nulls.jsonl", "null\n" + GOOD, reason="1 of its 2 lines"),
    "pretty": Case("pretty.jsonl", '{\n  "member_id": 1\n}\n', reason="malformed JSON"),
    "two objects in a line": Case("two.jsonl", GOOD.strip() + GOOD, reason="malformed JSON"),
    "a key twice in a line": Case("twice.jsonl", '{"member_id": 1, "email": "Ann", "email": "Zo"}\n', reason="name a key twice"),
    "a key twice but for case": Case("case.jsonl", '{"member_id": 1, "email": "Ann", "Email": "Zo"}\n', reason="repeated name"),
    "an empty key": Case("nameless.jsonl", '{"member_id": 1, "": 2}\n', reason="empty name"),
    "no key column": Case("no_key.jsonl", '{"email": "ann@lee.example"}\n', reason="member_id is missing"),
    "a byte-order mark": Case("bom.jsonl", "\ufeff" + GOOD, reason="byte-order mark"),
    "UTF-16": Case("utf16.jsonl", GOOD.encode("utf-16"), reason="NUL"),
    "Latin-1": Case("latin.jsonl", b'{"member_id": 1, "email": "Zo\xeb"}\n', reason="not UTF-8"),
    "single quotes": Case("single.jsonl", "{'member_id': 1}\n", reason="malformed JSON"),
    "another suffix": Case("good.json", GOOD, reason="its name ends in none of"),
}  # fmt: skip

"""Files by the name of CSV."""

import gzip

from landing_cases import HEADER, ROW, Case

LONG = (HEADER + ROW * 500).encode()

CSV = {
    # cut off
    "no byte at all": Case("empty.csv", "", reason="empty"),
    "cut in the header": Case("cut_header.csv", "member_id,loyal", reason="no end of line"),
    "cut before the line feed of the header": Case("cut_header_end.csv", HEADER[:-1], reason="no end of line"),
    "cut in a value": Case("cut_value.csv", HEADER + ROW[:-3], reason="no end of line"),
    "cut before the last line feed": Case("cut_feed.csv", HEADER + ROW[:-1], reason="no end of line"),
    "cut between the two bytes of a letter": Case("cut_letter.csv", HEADER.encode() + "1,2,,Zoë".encode()[:-1], reason="no end of line"),
    "cut in a quoted value that has lines": Case("cut_quote.csv", HEADER + '1,2,ann@lee.example,"Ann\n', reason="quote is opened in line 2"),
    "a row of too few values": Case("few.csv", HEADER + ROW + "2,3\n", reason="2 values in line 3, and 4 in its header"),
    # quotes, delimiters, ends of line
    "a row of too many values": Case("many.csv", HEADER + "1,2,ann@lee.example,Ann,Lee,X\n", reason="5 values in line 2, and 4 in its header"),
    "a quote never closed": Case("unclosed.csv", HEADER + '1,2,"ann@lee.example,Ann\n' + ROW, reason="quote is opened in line 2"),
    "text after a closing quote": Case("after_quote.csv", HEADER + '1,2,"ann@lee.example",Ann"ie"x\n' + '2,3,"a"b,c\n', reason="quote is opened"),
    "quotes escaped by a backslash": Case("backslash.csv", HEADER + '1,2,x,"An\\"n"\n', reason="quote is opened in line 2"),
    "quotes doubled": Case("doubled.csv", HEADER + '1,2,x,"Lee, ""A""\nB"\n', rows=1),
    "semicolons": Case("semicolons.csv", HEADER.replace(",", ";") + ROW.replace(",", ";"), reason="is the delimiter a comma?"),
    "tabs": Case("tabs.csv", HEADER.replace(",", "\t") + ROW.replace(",", "\t"), reason="is the delimiter a comma?"),
    "CR LF": Case("crlf.csv", (HEADER + ROW).replace("\n", "\r\n"), rows=1),
    "CR alone": Case("cr.csv", (HEADER + ROW).replace("\n", "\r"), reason="carriage return alone"),
    "LF in the header, CR LF in the rows": Case("mixed.csv", HEADER + ROW.replace("\n", "\r\n"), reason="end in different ways"),
    "blank lines between and after": Case("blank_lines.csv", HEADER + "\n" + ROW + "\n\n" + "2,3,,\n\n", rows=2),
    "a blank line first": Case("blank_first.csv", "\n" + HEADER + ROW, reason="first line is blank"),
    "a comment first": Case("comment.csv", "# export of today\n" + HEADER + ROW, reason="1 in its header"),
    "a delimiter at the end of each row": Case("trailing.csv", HEADER + ROW.replace("\n", ",\n"), rows=1),
    # encodings
    "a byte-order mark": Case("bom.csv", "\ufeff" + HEADER + ROW, rows=1),
    "UTF-16": Case("utf16.csv", (HEADER + ROW).encode("utf-16"), reason="UTF-16"),
    "UTF-16 without its mark": Case("utf16le.csv", (HEADER + ROW).encode("utf-16-le"), reason="UTF-16"),
    "Latin-1 in a row": Case("latin.csv", HEADER.encode() + b"1,2,,Zo\xeb\n", reason="not UTF-8"),
    "Latin-1 far from the header": Case("latin_late.csv", LONG + b"9,9,,Zo\xeb\n", reason="not UTF-8"),
    "Latin-1 in the header": Case("latin_header.csv", b"member_id,pr\xe9nom\n1,Zo\n", reason="not UTF-8"),
    "a block of NUL bytes, as after a crash": Case("nul.csv", HEADER + ROW + "\0" * 512 + "\n", reason="NUL"),
    "letters of every script": Case("scripts.csv", HEADER + "1,2,,Ζωή\n2,3,,名前\n3,4,,🦆\n", rows=3),
    # headers
    "header only": Case("header_only.csv", HEADER),
    "upper-case header": Case("upper.csv", HEADER.upper() + ROW, rows=1),
    "quoted header": Case("quoted_header.csv", '"member_id","email"\n"1","ann@lee.example"\n', rows=1),
    "other order of columns": Case("order.csv", "email,member_id\nann@lee.example,1\n", rows=1),
    "no header": Case("no_header.csv", ROW, reason="does its first line hold the column names?"),
    "no key": Case("no_key.csv", "loyalty_number,email\n1,ann@lee.example\n", reason="its key column member_id is missing; 2 of its 2 columns are known"),
    "the key under a near name": Case("near_key.csv", "memberid,email\n1,ann@lee.example\n", reason="is it called memberid now?"),
    "a name twice": Case("twice.csv", "member_id,email,email\n1,ann@lee.example,\n", reason="column 3 has a repeated name"),
    "a name twice but for case": Case("twice_case.csv", "member_id,email,Email\n1,ann@lee.example,\n", reason="column 3 has a repeated name"),
    "an empty name": Case("nameless.csv", "member_id,,email\n1,,ann@lee.example\n", reason="column 2 has an empty name"),
    "a name that is SQL": Case("sql.csv", 'member_id,"x\' as y; drop table z; --"\n1,2\n', rows=1),
    "a row as long as a book": Case("long.csv", HEADER + f"1,2,,{'x' * 3_000_000}\n", reason="too long in line 2"),
    # gzip
    "gzip": Case("good.csv.gz", gzip.compress((HEADER + "7,,,\n").encode()), rows=1),
    "gzip in upper case": Case("GOOD.CSV.GZ", gzip.compress((HEADER + "8,,,\n").encode()), rows=1),
    "gzip in two members": Case("members.csv.gz", gzip.compress(HEADER.encode()) + gzip.compress(ROW.encode()), rows=1),
    "gzip of nothing": Case("empty.csv.gz", gzip.compress(b""), reason="empty"),
    "gzip cut off": Case("cut.csv.gz", gzip.compress(LONG)[:-30], reason="end-of-stream"),
    "gzip cut in its head": Case("cut_head.csv.gz", gzip.compress(LONG)[:7], reason="end-of-stream"),
    "gzip with a bit gone wrong": Case("bit.csv.gz", gzip.compress(HEADER.encode())[:-8] + b"12345678", reason="not whole gzip"),
    "gzip with something behind it": Case("behind.csv.gz", gzip.compress(LONG) + b"garbage", reason="not whole gzip"),
    "gzip of gzip": Case("twice.csv.gz", gzip.compress(gzip.compress(LONG)), reason="not"),
    "gzip by name only": Case("name_only.csv.gz", HEADER + ROW, reason="not whole gzip"),
    "gzip that is not named so": Case("unnamed.csv", gzip.compress(LONG), reason="not"),
    # other things
    "a spreadsheet": Case("sheet.xlsx", b"PK\x03\x04", reason="its name ends in none of"),
    "a spreadsheet that is called CSV": Case("sheet.csv", b"PK\x03\x04\x14\x00\x06\x00", reason="NUL"),
    "a page that says error": Case("error.csv", "<!DOCTYPE html>\n<html><body>403</body></html>\n", reason="one column only"),
    "no suffix": Case("member", HEADER + ROW, reason="its name ends in none of"),
}  # fmt: skip

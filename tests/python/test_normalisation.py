"""What must hold of every normalisation: it is done once and for all, joins what is one value and no more, and is the same on both engines."""

import os
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from normalisation_sql import SEEDS, Normaliser, from_values, normalising, seed_path, seed_types

from orchestration.parity import spark_is_missing

KINDS = ("text", "email", "phone", "name", "street", "postal_code")
TEXTS = st.lists(st.text(max_size=30), min_size=50, max_size=100)
PHONE_LIKE = st.lists(st.text("0123456789+ ()-x٣３", max_size=22), min_size=50, max_size=100)
EMAIL_LIKE = st.lists(st.text("ab.+-@gmailcoÉİ。*", max_size=24), min_size=50, max_size=100)


@pytest.fixture(scope="module")
def normalised() -> Normaliser:
    return Normaliser()


@settings(max_examples=20, deadline=None, derandomize=True)
@given(
    texts=TEXTS | PHONE_LIKE | EMAIL_LIKE,
    region=st.sampled_from(["GB", "DE", "IT", "US", "RU", "HU", "BY", "AT", None]),
)
def test_normalising_twice_changes_nothing_more(normalised, texts, region):
    for kind in KINDS:
        once = normalised(kind, texts, [region] * len(texts))
        assert normalised(kind, once, [region] * len(texts)) == once, kind


SAME = {
    "text": [["ABC-1", " abc-1\t", "a\u200bbc-1", "ＡＢＣ－１"]],
    "email": [
        ["ann.lee+shoes@googlemail.com", "AnnLee@gmail.com", " annlee@gmail.com\xa0", "annlee+a+b@gmail.com", "annlee@gmail。com"],
        ["ann@me.com", "ann+x@icloud.com"],
    ],
    "name": [
        ["José", "JOSE\u0301", "jose", " José. "], ["Weiß", "WEISS", "weiß"], ["Łukasz", "lukasz"], ["Søren", "soren"], ["Nguyễn", "NGUYEN"],
        ["O'Neill-Smith", "o’neill smith", "ONEILLSMITH"], ["Παπαδόπουλος", "ΠΑΠΑΔΟΠΟΥΛΟΣ"], ["Семён", "СЕМЕН"], ["İpek", "ipek", "Ipek"],
        ["山田", " 山田"], ["Ann ❤\ufe0f", "ann"],
    ],
    "street": [["12, Königs-Allee", "12 KONIGS ALLEE "], ["3º B", "3O, b"], ["１２丁目", "12丁目"]],
    "postal_code": [["SW1A 1AA", "sw1a1aa", "SW1A-1AA"], ["123-4567", "１２３ー４５６７"]],
}  # fmt: skip
DIFFERENT = {
    "text": ["ann", "anna", "ann-1", "ann1", "än", "an"],
    "email": ["ann@shop.com", "a.nn@shop.com", "ann+x@shop.com", "ann@shop.co", "änn@shop.com", "ann@outlook.com", "ann@hotmail.com", "ann@gmail.com",
              "+a@gmail.com", "+b@gmail.com", "ann-x@gmail.com"],
    "phone": ["07700 900123", "07700 900124", "+1 7700 900123", "020 7946 0018", "0117 946 0018", "+49 30 1234560", "+49 301 234561"],
    "name": ["Ann", "Anna", "Anne", "がく", "かく", "山田", "田山", "Иван", "Ivan", "दी", "दा"],
    "street": ["1 High Street", "11 High Street", "1 1 High Street", "High Street", "1 High St", "1a High Street"],
    "postal_code": ["SW1A 1AA", "SW1A 1AB", "1001", "10001", "A1 1AA"],
}  # fmt: skip


@pytest.mark.parametrize("kind", SAME)
def test_spellings_of_one_value_become_one(normalised, kind):
    for spelt in SAME[kind]:
        (value,) = set(normalised(kind, spelt))
        assert value


@pytest.mark.parametrize("kind", DIFFERENT)
def test_different_values_stay_different(normalised, kind):
    read = normalised(kind, DIFFERENT[kind], ["GB"] * len(DIFFERENT[kind]))
    assert None not in read and len(set(read)) == len(read)


NOTHING = {
    "email": ["n/a", "none", "", " ", "a@b", "@b.com", "a***@shop.com", "ann@shop"],
    "phone": ["", "n/a", "0", "0000000000", "07777777777", "12345678", "0123456789", "+44", "+0044", "946 0018", "07700 900123 07700 900124"],
    "name": ["", " ", "-", "123", "?"],
    "street": ["", " ", "-.,"],
    "postal_code": ["", "-", "--"],
}  # fmt: skip


@pytest.mark.parametrize("kind", NOTHING)
def test_what_says_nothing_is_null(normalised, kind):
    read = normalised(kind, NOTHING[kind], ["GB"] * len(NOTHING[kind]))
    assert dict(zip(NOTHING[kind], read, strict=True)) == dict.fromkeys(NOTHING[kind])


def european_letters() -> list[str]:
    """Letters of Latin, Greek and Cyrillic, and letters with combining accents."""
    codes = [*range(0xC0, 0x250), *range(0x386, 0x3CF), *range(0x400, 0x460), *range(0x1E00, 0x1F00)]
    letters = [chr(code) for code in codes if unicodedata.category(chr(code)).startswith("L")]
    return letters + [unicodedata.normalize("NFD", letter) for letter in letters]


def test_an_accent_makes_no_difference_however_it_is_written(normalised):
    letters = [
        letter for letter in european_letters() if unicodedata.decomposition(letter[0])[:1] not in ("", "<")
    ]
    bare = [unicodedata.normalize("NFD", letter.lower())[0] for letter in letters]
    assert normalised("name", letters) == normalised("name", bare)


def test_blocked_values_stand_in_the_seed_as_they_are_compared(normalised):
    rows = [line.split(",") for line in seed_path("blocked_identifiers").read_text().splitlines()[1:]]
    emails = [value for kind, value, _ in rows if kind == "email"]
    assert normalised("email", emails) == emails
    assert all(value == value.upper() for kind, value, _ in rows if kind == "loyalty_number")


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    if reason := spark_is_missing():
        pytest.skip(reason)
    from pyspark.sql import SparkSession

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    small = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.codegen.wholeStage": "false",  # compiling takes longer than so few rows
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("spark")),
    }
    session = SparkSession.builder.master("local[1]").appName("normalisation").config(map=small).getOrCreate()
    for name in SEEDS:
        schema = ", ".join(f"{column} {kind}" for column, kind in seed_types(name).items())
        session.read.csv(str(seed_path(name)), schema=schema, header=True).createOrReplaceTempView(name)
    yield session
    session.stop()


def nasty_texts() -> list[str | None]:
    """A small list with what the engines could read differently."""
    written = [text for lists in SAME.values() for texts in lists for text in texts]
    written += [text for lists in (DIFFERENT, NOTHING) for texts in lists.values() for text in texts]
    written += [
        "a@-b.com",
        "a\\b@c.com",
        "josé@b.com",
        "a@xn--mnchen-3ya.de",
        "用户@例子.广告",
        "a@b。com",
        "a@b.c0m",
        "[a@b.com",
        "a+@hotmail.com",
        ".+a@me.com",
    ]
    written += [
        "+44 (0)20 7946 0018 ext. 12",
        "(0)20 7946 0018",
        "0044 20 7946 0018",
        "447700900123",
        "8 800 555 35 35",
        "٠٧٧٠٠ ٩٠٠١٢٣",
        "tel:+44-20-7946-0018;ext=1",
    ]
    written += [
        "\x00",
        "ΑΣ ΑΣΑ",
        "ǅ",
        "ŉ",
        "ﬁ",
        "😀",
        "a\nb",
        "a\\b'c\"d",
        "$1 \\1",
        "\u2028",
        "e\u0301\u0327",
        "हिन्दी",
        "𝒜nn",
        "Å",
        "K",
    ]
    return [None, *written, *european_letters()]


@pytest.mark.parametrize("kind", KINDS)
def test_both_engines_read_alike(normalised, spark, kind):
    texts = nasty_texts()
    regions = [("GB", "DE", "US", "IT", "RU", None)[n % 6] for n in range(len(texts))]
    rows = [(n, text, region) for n, (text, region) in enumerate(zip(texts, regions, strict=True))]
    spark.createDataFrame(rows, "position int, text string, country string").createOrReplaceTempView("texts")
    query = f"select {normalising('spark')[kind]} as value {from_values('spark')} order by position"
    read = [row.value for row in spark.sql(query).collect()]
    ours = normalised(kind, texts, regions)
    assert [row for row in zip(texts, regions, ours, read, strict=True) if row[2] != row[3]] == []

"""What is an e-mail address in SQL, held against `email-validator`."""

import re

import email_validator
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from normalisation_sql import Normaliser

EMAILS = [
    "a@b", "a@b.c", "a@b.co", "a.b@c.com", ".a@b.com", "a.@b.com", "a..b@c.com", "a@b..com", "a@.b.com",
    "a@b.com.", "a@-b.com", "a@b-.com", "a@b-c.com", "a@b--c.com", "a@b_c.com", "a@b@c.com", "@b.com", "a@",
    "a", "a@b.123", "a@1.2.3.4", "a@[1.2.3.4]", '"a"@c.com', "a,b@c.com", "a;b@c.com", "a@c.com,b@d.com",
    "<a@b.com>", "mailto:a@b.com", "a@b.com>", "a+b@c.com", "a'b@c.com", "a/b@c.com", "a@b.museum",
    "a@b,com", "a#b@c.com", "a@b!.com", "a\\b@c.com", "a@b.co.uk", "A@B.COM", "n/a", "none", "a@localhost",
    "%@b.com", "a@b/c.com", "a@b?.com", "a@b.com?subject=x", "a=b@c.com", "a[1]@c.com", "a@b.com/",
    "a@b&c.com", "a@b$.com", "a@b.-com", "a@b.com-", "a:b@c.com", "a|b@c.com", "{a}@c.com", "josé@b.com",
    "a@münchen.de", "a@xn--mnchen-3ya.de", "用户@例子.广告", "ａ@b.com", "a@ｂ.com", "a@b。com", "+a@gmail.com",
    "a+b+c@gmail.com", "-@b.com", "_@b.com",
]  # fmt: skip
# accepted or refused otherwise than by the library, and why
EMAIL_DISAGREEMENTS = {
    "star": (re.compile(r"^[^@]*[*][^@]*@"), "allowed, and used for none but masked addresses"),
    "top level": (re.compile(r"[.]([^.]|(?!xn--)[^.]*[0-9-][^.]*)$"), "none has one letter, a digit or a hyphen"),
    "blanks": (re.compile(r"\s|[\u200b-\u200f]"), "copied along with the address, and left out"),
    "long": (re.compile(r"@.*[^.@]{64}|^.{250}"), "label lengths are not counted"),
}  # fmt: skip


@pytest.fixture(scope="module")
def normalised() -> Normaliser:
    return Normaliser()


def _is_valid(address: str) -> bool:
    try:
        email_validator.validate_email(address, check_deliverability=False)
    except email_validator.EmailNotValidError:
        return False
    return True


def _reason(address: str) -> str | None:
    lowered = address.lower()
    return next((name for name, (shape, _) in EMAIL_DISAGREEMENTS.items() if shape.search(lowered)), None)


@pytest.fixture(scope="module", autouse=True)
def every_domain():
    """Domains reserved for tests have the shape of domains, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(email_validator, "SPECIAL_USE_DOMAIN_NAMES", [])
        yield


def _otherwise(normalised: Normaliser, addresses: list[str]) -> dict[str, str | None]:
    """Those that SQL takes for an address and the library does not, or the reverse -> why that is meant."""
    read = normalised("email", addresses)
    return {
        address: _reason(address)
        for address, value in zip(addresses, read, strict=True)
        if (value is not None) != _is_valid(address)
    }


def test_the_library_and_sql_agree_on_what_is_an_address(normalised):
    odd = ["a b@c.com", "a@b.com\n", "a\u200b@b.com", "a***@b.com", f"a@{'b' * 64}.com", f"a@{'b.' * 130}com"]
    assert {address: why for address, why in _otherwise(normalised, EMAILS + odd).items() if not why} == {}


def test_the_library_and_sql_agree_on_drawn_addresses(normalised):
    asked = []

    @settings(max_examples=40, deadline=None, derandomize=True)
    @given(st.lists(st.emails(), min_size=60, max_size=60))
    def draw(addresses):
        asked.extend(addresses)

    draw()
    otherwise = _otherwise(normalised, asked)
    assert len(asked) >= 2_400 and set(otherwise.values()) <= {"star", "top level"}
    assert 1 - len(otherwise) / len(asked) > 0.9

"""The bench of customer value at a size at which it only shows that it runs, and that what it compares agrees."""

import re

from orchestration.bench import clv
from orchestration.bench.__main__ import main


def test_the_fit_and_the_scoring_are_measured(capsys):
    main(["clv", "3000"])
    said = capsys.readouterr().out
    for step in ("BG/NBD, fit", "scoring, SQL", "scoring, SciPy"):
        assert re.search(rf"^ +3,000  {step} +[\d.]+ ", said, re.MULTILINE)
    ours, scipy = re.search(r"Orders of a year: ([\d,]+) and ([\d,]+)\.", said).groups()
    assert ours == scipy != "0"
    assert ("by lifetimes" in said) == clv.ORACLES.exists()
    assert ("`make oracles` installs lifetimes" in said) != clv.ORACLES.exists()

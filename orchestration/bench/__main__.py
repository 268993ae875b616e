"""`python -m orchestration.bench`: all of it; `... grouping 1000000`, `... identity 200000`, `... build 100000`: one part."""

import argparse

from orchestration.bench import build, clv, grouping, identity, rfm, sessions

PARTS = {
    "identity": (identity.bench, [1_000_000]),
    "grouping": (grouping.bench, [1_000_000, 10_000_000]),
    "rfm": (rfm.bench, [1_000_000, 10_000_000]),
    "clv": (clv.bench, [1_000_000, 10_000_000]),
    "sessions": (sessions.bench, [5_000_000, 50_000_000]),
    "build": (build.bench, [100_000]),
}


def main(arguments: list[str] | None = None) -> None:
    """Measures one part at the sizes asked for, or every part at its own sizes."""
    parser = argparse.ArgumentParser(prog="python -m orchestration.bench", description=main.__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS)
    parser.add_argument(
        "sizes",
        type=int,
        nargs="*",
        help="source records; customers for `rfm`, `clv` and `build`; events for `sessions`",
    )
    asked = parser.parse_args(arguments)
    for part in [asked.part] if asked.part else PARTS:
        bench, sizes = PARTS[part]
        for size in asked.sizes or sizes:
            bench(size)


if __name__ == "__main__":
    main()

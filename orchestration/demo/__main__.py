"""python -m orchestration.demo --customers 5000 --seed 1 --out data"""

import argparse
import sys
from pathlib import Path

from orchestration.demo import DEFAULT_CUSTOMERS, generate
from orchestration.demo.effects import DEFAULTS, read_effects


def main() -> int:
    """Read the command line, write the retailer; a refusal is one line and exit code 2."""
    parser = argparse.ArgumentParser(
        prog="python -m orchestration.demo", description="Write the demo retailer's raw files."
    )
    parser.add_argument(
        "--customers", type=int, default=DEFAULT_CUSTOMERS, help="people to draw (default %(default)s)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="another seed is another retailer (default %(default)s)"
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="data folder; raw/ and truth/ are written into it"
    )
    parser.add_argument(
        "--effects", type=Path, default=DEFAULTS, help="how people behave, where unlike %(default)s"
    )
    asked = parser.parse_args()
    try:
        generate(asked.out, asked.customers, asked.seed, read_effects(asked.effects))
    except (ValueError, FileExistsError) as refusal:
        print(f"demo: {refusal}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

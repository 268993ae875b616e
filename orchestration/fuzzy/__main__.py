"""The scoring step alone, for those who run dbt themselves: `python -m orchestration.fuzzy`, between these two commands.

dbt build --select +int_identity__fuzzy_profiles
dbt build --exclude +int_identity__fuzzy_profiles
"""

from orchestration.fuzzy.scoring import score
from orchestration.warehouse import open_warehouse

if __name__ == "__main__":
    with open_warehouse() as warehouse:
        scored = score(warehouse)
    print(
        f"{scored.profiles:,} profiles, {scored.blocks.pairs:,} pairs compared, {scored.links:,} kept, {scored.seconds:.1f} s"
    )

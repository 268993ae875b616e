"""Landing: the files under raw/<system>/<table>/ become the raw relations that staging reads.

contracts.py   what the source ymls promise of each table
found.py       which files lie there, and whether they lie still
contents.py    what a file really holds, without loading it
inspection.py  one file at a time: read, remembered from last time (memory.py), or left for the next landing
drift.py       how its columns differ from the contract; kinds.py says which types are as good as the promised ones
relations.py   the SQL that shows a table's files as one relation; scans.py, how DuckDB and Spark each read them in place
land.py        all tables at once
report.py      one row per file, with the verdict
check.py       the same for a folder that nobody has landed yet, in plain words
"""

from orchestration.landing.contracts import Contract, read_contracts
from orchestration.landing.files import LandedFile
from orchestration.landing.land import LandedTable, land

__all__ = ["Contract", "LandedFile", "LandedTable", "land", "read_contracts"]

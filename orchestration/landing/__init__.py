"""Landing: the files under raw/<system>/<table>/ become the raw relations that staging reads.

contracts.py   what the source ymls promise of each table
files.py       what a file really holds, without loading it
relations.py   the SQL that shows a table's files as one relation
scans.py       how DuckDB and Spark each read files where they lie
land.py        all tables at once, and the report of what arrived
"""

from orchestration.landing.contracts import Contract, read_contracts
from orchestration.landing.files import LandedFile
from orchestration.landing.land import LandedTable, land

__all__ = ["Contract", "LandedFile", "LandedTable", "land", "read_contracts"]

"""What arrived, as its contract means it: a value that cannot be read as the promised type counts as missing.

Every table is held to its volume, identifiers and usual amount (every_raw_table.py); here stands what only its owner knows.
Amounts are in the currency of their row, so their limits leave room for yen and won.
"""

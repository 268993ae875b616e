"""What arrived, as its contract means it: a value that cannot be read as the promised type counts as missing.

Amounts are in the currency of their row, so their limits leave room for yen and won.
"""

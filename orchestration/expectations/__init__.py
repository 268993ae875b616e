"""Judgement: is what arrived, and what came of it, believable? (The laws, which are never broken, are dbt's tests.)

raw/, marts/   the gates: one file per table, with a list that its owner can read
engine.py      Great Expectations on the warehouse file
judge.py       one table held to its list
arrived.py     the raw tables that arrived, as the first gate reads them
published.py   the last publication, as what the marts are compared with
gates.py       the gates as Dagster checks: nothing passes one that fails
"""

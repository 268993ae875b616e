"""Judgement: is what arrived, and what came of it, believable? (The laws, which are never broken, are dbt's tests.)

gates.py            the gates as Dagster checks: nothing passes one that fails
  raw_gate.py       every raw table that arrived, by itself and beside the last publications
  systems_gate.py   whether each source system still speaks
  rejected.py       after staging: how many rows of each source could not be used
  marts_gate.py     what is about to be published
raw/, marts/        one file per table, with a list that its owner can read; lists.py finds them
every_raw_table.py  what every raw table is held to, by what its source yml promises (promises.py); systems.py, every system
arrived.py          the raw tables that arrived, as the raw gate reads them
published.py        the last publications, as what a run is compared with; figures.py, what of it a manifest keeps
engine.py           Great Expectations on the warehouse file
judge.py            one table held to its list; told.py lets figures out and nothing else; wording.py makes a verdict of them
docs/               the same as pages: $C360_DATA/data_docs
"""

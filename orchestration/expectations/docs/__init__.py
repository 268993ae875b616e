"""Data Docs: what each table is held to and what was found, as pages that open anywhere, network or none.

site.py      one page a table, beside the validation as JSON, and the index of all
templates/   Great Expectations' page in our frame: one style sheet, no script, nothing from elsewhere
"""

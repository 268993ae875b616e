"""Everything that is not SQL: landing, checks, publishing, and the Dagster rim around them."""

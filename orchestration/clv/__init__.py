"""What customers will buy and spend, and how long subscribers stay: four models, fitted to counts that dbt has made small.

The mathematics (estimate, buying, spend, subscriptions, fit) knows neither Dagster nor a warehouse. The estimates go to the source
`value`, which dbt scores with; between two fits nothing in a run depends on this package.
"""

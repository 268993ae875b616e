"""What visitors of the web shop and the app do (segment): visits first, then the events of each table."""

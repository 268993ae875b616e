"""The web shop, as a loader of Shopify delivers it."""

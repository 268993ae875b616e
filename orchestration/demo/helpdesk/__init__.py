"""The help desk (Zendesk): who asked what, and how fast somebody answered."""

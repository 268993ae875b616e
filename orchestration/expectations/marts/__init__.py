"""What is about to be published."""

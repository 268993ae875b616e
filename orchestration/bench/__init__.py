"""What the pipeline costs in time and memory, each step measured in a process of its own."""

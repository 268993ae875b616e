"""What every advertising platform says it did and charged; days without spend are not delivered."""

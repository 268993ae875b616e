"""The loyalty programme: its members, their points, what they got for them, and vouchers."""

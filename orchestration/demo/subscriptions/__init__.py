"""Subscriptions (Recharge): what people have sent to them again and again, until they stop."""

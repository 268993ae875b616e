"""Finds people whom no identifier ties: profiles in narrow blocks are compared field by field, and each pair gets a probability.

The scores are Splink's (Fellegi and Sunter's sum of weights); what is compared is in comparisons.py, how much an agreement weighs in
weights.toml. Nothing is trained in a run, so the same profiles always get the same links.
"""

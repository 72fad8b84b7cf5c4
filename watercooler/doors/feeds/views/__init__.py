"""Feeds as they are read, private addresses, and feeds from outside."""

"""Fernway, the invented organisation: the demo's content and the cast of the tests."""

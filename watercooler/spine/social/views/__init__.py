"""The social verbs as requests: one module a noun."""

"""The pages of spaces, one file a subject."""

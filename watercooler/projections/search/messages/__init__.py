"""Finding private messages: those of one's own conversations, from when one came on, and no others."""

"""Files that people send: what they truly are, where they lie, how they travel."""

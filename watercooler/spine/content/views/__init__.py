"""The pages where things are written, changed, taken away and looked up."""

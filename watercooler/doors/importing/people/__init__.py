"""A directory of people, read from tables: one file, or a folder of tables that point at each other."""

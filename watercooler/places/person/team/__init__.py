"""Finding a team: the fewest people who know everything that is needed."""

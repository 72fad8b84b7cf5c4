"""What somebody gave, as far as the viewer may read where they gave it."""

from __future__ import annotations

from watercooler.spine.content.visibility import READS_THERE

NUMBERS = ("helped", "posts", "questions", "answers", "accepted", "articles", "improved")
_SUMS = ", ".join(f"coalesce(sum(g.{name}), 0)::int as {name}" for name in NUMBERS)
_READ = f"contributions_contribution g join spaces_space s on s.id = g.space_id and {READS_THERE}"

GIVEN = f"left join lateral (select {_SUMS} from {_READ} where g.person_id = p.id) c on true"
"""A join to `people_person p` that gives NUMBERS as columns of `c`; with the values of `visible_values`."""

HELPED = f"(select g.person_id, sum(g.helped)::int as helped from {_READ} group by 1)"
"""How often everybody helped, where all are compared; likewise."""

"""What somebody gave, as far as the viewer may read where they gave it."""

from __future__ import annotations

from watercooler.spine.content.visibility import READS_THERE, VISIBLE

NUMBERS = ("helped", "posts", "questions", "answers", "accepted", "articles", "improved")
_SUMS = ", ".join(f"coalesce(sum(g.{name}), 0)::int as {name}" for name in NUMBERS[1:])
# Kept is how often each of their things helped. Whom several of them helped is one person; who it was is known of all
# but what was imported with a bare number.
AGAIN = f"""(select count(*) - count(distinct h.person_id)
    from content_item i join social_helped h on h.item_id = i.id
    where i.author_id = p.id and i.helped_count > 0 and {VISIBLE})"""
"""How often whom something of `people_person p` helped had been helped by another thing of theirs."""
_PEOPLE = f"greatest(coalesce(sum(g.helped), 0) - {AGAIN}, 0)::int as helped"
_READ = f"contributions_contribution g join spaces_space s on s.id = g.space_id and {READS_THERE}"

GIVEN = f"left join lateral (select {_PEOPLE}, {_SUMS} from {_READ} where g.person_id = p.id) c on true"
"""A join to `people_person p` that gives NUMBERS as columns of `c`, of `helped` different people; with the values of
`visible_values`. Cost: besides the sums, a row for each time that something of theirs helped."""

HELPED = f"(select g.person_id, sum(g.helped)::int as helped from {_READ} group by 1)"
"""How often everybody helped, where all are compared; likewise. What is shown of it is less AGAIN."""

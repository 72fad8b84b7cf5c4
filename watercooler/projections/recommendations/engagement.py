"""Writing down who took part where, many at once."""

TAKE_PART = """
insert into recommendations_engagement as e (person_id, thread_id, space_id, acts, at, open_acts, open_at)
select t.person_id, t.thread_id, i.space_id, t.acts, t.at, t.open_acts, t.open_at
from unnest(%(people)s::bigint[], %(threads)s::bigint[], %(acts)s::int[], %(ats)s::timestamptz[], %(open_acts)s::int[],
            %(open_ats)s::timestamptz[]) t (person_id, thread_id, acts, at, open_acts, open_at)
join content_item i on i.id = t.thread_id
on conflict (person_id, thread_id) do update set
    acts = e.acts + excluded.acts, at = greatest(e.at, excluded.at), space_id = excluded.space_id,
    open_acts = e.open_acts + excluded.open_acts, open_at = greatest(e.open_at, excluded.open_at)
"""
"""Adds what a batch of acts, or of acts taken back, changes: one row a person and thread, given as columns."""

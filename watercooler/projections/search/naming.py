"""People, spaces and topics with names like what is looked for: columns of a query over `asked`."""

from __future__ import annotations

from watercooler.spine.content.visibility import VISIBLE

_PERSON = """
    select p.name, p.handle, p.photo, p.job, coalesce(site.town, '') as town, {near} as near
    from people_person p left join people_site site on site.id = p.site_id
    where {like} and p.is_active
      and (%(is_member)s or exists (select from spaces_membership a join spaces_membership b using (space_id)
           where a.person_id = p.id and b.person_id = %(person)s
             and a.standing in ('host', 'member') and b.standing in ('host', 'member')))
    order by near desc, p.name limit %(most)s"""
_SPACE = """
    select s.name, s.slug, s.hue, s.tagline, {near} as near from spaces_space s
    where {like} and s.purpose = 'space' and s.archived_at is null
      and (s.id = any(%(spaces)s) or (%(is_member)s and s.access in ('open', 'closed')))
    order by near desc, s.name limit %(most)s"""
# A topic is named only if the viewer may read something about it: its name may come from a hidden item.
_TOPIC = f"""
    select t.name, t.slug, {{near}} as near from content_topic t
    where {{like}} and t.synonym_of_id is null
      and exists (select from content_item i where i.topic_ids @> array[t.id] and i.parent_id is null and {VISIBLE})
    order by near desc, t.name limit %(most)s"""


def _like(table: str, is_handle: bool = True) -> str:
    """Return the condition that a name holds the words looked for. is_handle: they may be a person's handle, too."""
    like = f"to_tsvector('watercooler_names', {table}.name) @@ asked.named"
    return f"({like} or p.handle = %(plain)s)" if table == "p" and is_handle else like


def _named(select: str, table: str, few: str) -> str:
    """Return a column of JSON: by words of the name, or where these find nothing and `few` holds, by likeness.

    Half alike is every name that begins with the first two of three letters typed, which is no misspelling.
    """
    like = _like(table)
    near = f"word_similarity(%(plain)s, lower({table}.name))"
    if not few:
        found = select.format(like=like, near=near)
        return f"(select coalesce(json_agg(x order by x.near desc, x.name), '[]') from ({found}) x)"
    misspelt = f"(%(plain)s <> '' and %(plain)s <%% lower({table}.name))"
    return f"""(with known as materialized ({select.format(like=like, near=near)}),
        likely as materialized (select * from ({select.format(like=misspelt, near=near)}) x
                                where {few} and near > 0.5)
        select coalesce(json_agg(x order by x.near desc, x.name), '[]') from (
            select * from known union all select * from likely where not exists (select from known)) x)"""


def names(few: str = "") -> str:
    """Return the columns people, spaces, topics; misspelt names are looked for only where `few` holds, if ever."""
    return ",\n".join(_named(s, t, few) for s, t in ((_PERSON, "p"), (_SPACE, "s"), (_TOPIC, "t")))


TO_NAMES = "to_tsquery('watercooler_names', %(names)s)"


def is_called(is_handle: bool) -> str:
    """Return a column: whether anything at all is called so, whoever may see it. Most of what is looked for is no name.

    Counted, because of "does one exist?" the database thinks that reading the first few rows will tell.
    """
    return f"""(
    select (select count(*) from people_person p where {_like("p", is_handle)}) > 0
        or (select count(*) from spaces_space s where s.purpose = 'space' and {_like("s")}) > 0
        or (select count(*) from content_topic t where {_like("t")}) > 0
    from (select {TO_NAMES} as named offset 0) asked)"""


NAMED_SO = f"select json_build_array({names()})::text from (select {TO_NAMES} as named offset 0) asked"
NAMED = """case when %(names)s <> '' then to_tsquery('watercooler_names', %(names)s) end as named"""

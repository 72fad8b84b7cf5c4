"""Which entries hold the telling words of a text: one statement that who-knows and "asked before" both stand on.

The rarest words are looked up first, until BUDGET entries are read: a page costs the same however common its words.
Rarity is counted over what every member may read, and what a viewer may not see is left out before anything is capped,
so a hidden item changes neither what is found nor its order. Words that stand only where few may read count as the
rarest; their entries are beyond the budget.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watercooler.foundation.base.language import LANGUAGES, detect
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.visibility import visible_values

BUDGET = 12_000
"""Entries read at most for words that many hold in all; about 20 ms."""
DEEPEST = 12_000
"""How many entries, newest first, are looked through for a word too common for the budget, where no rarer one is."""
LONGEST = 4000
MAY = "(e.audience = any(%(audiences)s) or e.space_id = any(%(guest_spaces)s))"

# What is asked is stemmed in its own language if a hundredth of the entries is in it, else in that of most entries.
LANGUAGE = """
select coalesce((
    select l.code from unnest(%(codes)s::text[]) l(code) join experts_stem s on s.key = stem_key('@' || l.code)
    where l.code <> %(language)s
        or s.entries * 100 >= (select n.entries from experts_stem n where n.key = 0)
    order by l.code = %(language)s desc, s.entries desc, l.code limit 1), 'en') as language
"""
# A word of the title weighs 2, of the text 1, by its rarity (idf of BM25). For a guest every word weighs the same: how
# rare it is elsewhere is not theirs to learn. `whole` is what an entry would reach that held every word.
ASKED = f"""
tongue as materialized ({LANGUAGE}), asked as materialized (
    select stem_key(lexeme) as key, sum(weight) as weight, true as is_word, false as is_named from (
        select lexeme, 2.0::float as weight
        from tongue, unnest(to_tsvector(search_config(tongue.language), search_asked_apart(%(title)s)))
        union all
        select lexeme, 1.0
        from tongue, unnest(to_tsvector(search_config(tongue.language), search_asked_apart(%(body)s)))) word
    group by 1
    union all
    select stem_key('#' || topic), 0, false, topic = any(%(named)s::bigint[]) from unnest(%(topics)s::bigint[]) topic
), telling as materialized (
    select a.key, a.is_word, a.is_named, coalesce(s.entries, 0) as entries,
           a.weight * case when %(is_member)s
               then ln(1 + (greatest(n.entries - coalesce(s.entries, 0), 0) + 0.5) / (coalesce(s.entries, 0) + 0.5))
               else 1 end as worth
    from asked a left join experts_stem s using (key)
    cross join (select coalesce((select entries from experts_stem where key = 0), 0)::float as entries) n
), whole as materialized (
    select greatest(sum(worth), 0.001) as worth, count(*) filter (where is_word) as words from telling
), chosen as materialized (
    select key, worth, is_word, is_named, entries from (
        select *, sum(entries) over (order by entries, key) as running from telling) t
    where running <= {BUDGET}
), common as materialized (
    select key, worth, is_word, is_named from telling
    where entries > 0 and not exists (select from chosen where entries > 0) order by entries, key limit 1
), held as materialized (
    select item_id, root_id, at, space_id, sum(worth) as worth, count(*) filter (where not is_word) as shared,
           count(*) filter (where is_word) as words, bool_or(is_named) as is_named
    from (
        select e.item_id, e.root_id, e.at, e.space_id, chosen.worth, chosen.is_word, chosen.is_named
        from chosen join experts_entry e on e.keys @> array[chosen.key]
        where {MAY} and {{which}}
        union all
        select e.item_id, e.root_id, e.at, e.space_id, common.worth, common.is_word, common.is_named
        from common cross join lateral (
            select * from experts_entry e where {MAY} and {{which}} order by e.at desc limit {DEEPEST}) e
        where e.keys @> array[common.key]
    ) e group by item_id, root_id, at, space_id
)
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: one line, more words, the topics it was put under, and where it is asked (0: nowhere yet).

    named: the topics whose name the words are. What was put under one of them is about the words, whether it holds
    them or not.
    """

    title: str
    body: str = ""
    topic_ids: tuple[int, ...] = ()
    space_id: int = 0
    named: tuple[int, ...] = ()

    def values(self, viewer: Viewer, now: datetime) -> dict[str, Any]:
        """Return what ASKED needs."""
        return {
            "title": storable(self.title)[:400],
            "body": storable(self.body)[:LONGEST],
            "topics": sorted({*self.topic_ids, *self.named}),
            "named": list(self.named),
            "is_member": viewer.is_member,
            "language": detect(f"{self.title} {self.body[:LONGEST]}"),
            "codes": LANGUAGES,
            "now": now,
            **visible_values(viewer),
        }


def storable(text: str) -> str:
    """Return the text without what the database cannot keep: zero bytes and halves of characters."""
    return text.replace("\x00", " ").encode("utf-8", "ignore").decode()


def asked(which: str) -> str:
    """Return ASKED with the condition on `experts_entry e` that says which entries count."""
    return ASKED.format(which=which)

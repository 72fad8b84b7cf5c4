"""How many activities a second the notifications follow: `python -m tests.bench.notifications [activities]`.

Invents 5,000 people in 200 spaces with 20,000 threads, then a typical mix: a third is reading, a third "helped", the
rest comments, answers, new posts, follows and some undos. Prints activities a second and lines written.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import psutil

from watercooler.foundation.database import embedded

PEOPLE, SPACES, ITEMS = 5_000, 200, 20_000

WORLD = f"""
insert into people_person (id, password, handle, name, email, job, role, is_active, joined_at, is_imported, about,
    offers, wants_to_learn, languages, pronouns, status, photo, language, theme, has_shortcuts, version)
select n, '', 'p' || n, 'Person ' || n, '', '', 20, true, now(), false, '', '{{}}', '{{}}', '{{}}', '', '', '',
    'en-gb', 'system', true, 1 from generate_series(1, {PEOPLE}) n;
insert into spaces_space (id, slug, name, purpose, access, owner_id, tagline, objective, how_we_work, rules,
    rules_version, hue, banner, member_count, item_count, question_count, solved_count, default_level, made_at)
select n, 's' || n, 'Space ' || n, 'space', case when n % 5 = 0 then 'closed' else 'open' end, n, '', '', '', '[]',
    1, 1, '', 0, 0, 0, 0, 'mentions', now() from generate_series(1, {SPACES}) n;
insert into spaces_membership (space_id, person_id, standing, level, rules_version, note, since)
select distinct on (s, p) s, p, case when k = 1 then 'host' else 'member' end,
    case when (p + k) % 40 = 0 then 'all' else '' end, 1, '', now() - interval '1 day'
from (select 1 + (p * 7 + k * 13) % {SPACES} as s, p, k
      from generate_series(1, {PEOPLE}) p, generate_series(1, 8) k) x order by s, p, k;
insert into content_item (id, kind, space_id, audience, author_id, parent_id, root_id, state, title, source, safe_html,
    excerpt, renderer, is_imported, made_at, published_at, active_at, revision, version, helped_count, comment_count,
    answer_count, share_count, rating_count, reactions, topic_ids, card)
select n, 'post', 1 + n % {SPACES}, case when (1 + n % {SPACES}) % 5 = 0 then 1 + n % {SPACES} else 0 end,
    1 + (n * 31) % {PEOPLE}, null, null, 1, '', '', '', 'x', 1, false, now(), now(), now(), 1, 1, 0, 0, 0, 0, 0, '{{}}',
    '{{}}', '{{}}' from generate_series(1, {ITEMS}) n;
insert into social_follow (follower_id, person_id, level, at)
select distinct on (a, b) a, b, 'all', now() - interval '1 day' from (select 1 + (n * 17) % {PEOPLE} as a,
    1 + (n * 29 + n / 7) % {PEOPLE} as b from generate_series(1, {PEOPLE * 10}) n) x where a <> b;
insert into social_follow (follower_id, item_id, level, at)
select 1 + (n * 11) % {PEOPLE}, 1 + (n / 2) % {ITEMS}, case when n % 20 = 0 then 'muted' else 'all' end,
    now() - interval '1 day' from generate_series(1, {ITEMS * 2}) n on conflict do nothing;
"""
REPLIES = f"""
insert into content_item (id, kind, space_id, audience, author_id, parent_id, root_id, state, title, source, safe_html,
    excerpt, renderer, is_imported, made_at, published_at, active_at, revision, version, helped_count, comment_count,
    answer_count, share_count, rating_count, reactions, topic_ids, card)
select {ITEMS} + n, 'comment', i.space_id, i.audience, 1 + (n * 37) % {PEOPLE}, i.id, i.id, 1, '', '', '', 'x', 1,
    false, now(), now(), now(), 1, 1, 0, 0, 0, 0, 0, '{{}}', '{{}}', '{{}}'
from generate_series(1, COUNT) n join content_item i on i.id = 1 + (n * 7919) % {ITEMS};
insert into activity_activity (uuid, actor_id, verb, item_id, space_id, person_id, at, detail, position, is_imported)
select gen_random_uuid(), coalesce(i.author_id, 1 + (n * 41) % {PEOPLE}),
    case when n % 20 < 7 then 'viewed' when n % 20 < 13 then 'helped' when n % 20 < 17 then 'commented'
        when n % 20 < 19 then 'posted' else 'followed' end,
    i.id, i.space_id, case when n % 20 = 19 then 1 + (n * 43) % {PEOPLE} end, now(),
    case when n % 100 = 13 then jsonb_build_object('mentions', jsonb_build_array(1 + n % {PEOPLE})) else '{{}}' end,
    n, false
from generate_series(1, COUNT) n
left join content_item i on i.id = case when n % 20 < 13 then 1 + (n::bigint * 104729) % {ITEMS}
    when n % 20 < 17 then {ITEMS} + n when n % 20 < 19 then 1 + (n * 13) % {ITEMS} end;
update activity_activity set actor_id = 1 + (position * 47) % {PEOPLE} where verb in ('viewed', 'helped');
analyze;
"""


def main(count: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="watercooler-bench-"))
    folder.chmod(0o755)
    server = embedded.start(folder)
    try:
        os.environ["DATABASE_URL"] = server.url
        os.environ["DJANGO_SETTINGS_MODULE"] = "watercooler.config.settings"
        measure(count)
    finally:
        server.stop()
        embedded.remove(folder)


def processor_seconds() -> float:
    """Return what this process and the database have used: a measure that other work on the machine does not move."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0]).cpu_times()
    own = psutil.Process().cpu_times()
    return own.user + own.system + backend.user + backend.system


def measure(count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from watercooler.projections.notifications.projection import Notifications
    from watercooler.spine.activity.projections import advance, rebuild

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(WORLD)
        cursor.execute(REPLIES.replace("COUNT", str(count)))
    print(f"{count:,} activities recorded")
    before = processor_seconds()
    began, slowest = time.perf_counter(), 0.0
    while True:
        round_began = time.perf_counter()
        if not advance(Notifications()):
            break
        slowest = max(slowest, time.perf_counter() - round_began)
    took = time.perf_counter() - began
    busy = processor_seconds() - before
    with connection.cursor() as cursor:
        cursor.execute("select count(*), (select count(*) from notifications_notification) from notifications_told")
        told, lines = cursor.fetchone()
    print(f"{count / took:,.0f} a second, slowest batch {slowest * 1000:.0f} ms; {told:,} told in {lines:,} lines")
    print(f"{count / busy:,.0f} for each second of one processor, database included")
    began = time.perf_counter()
    rebuild(Notifications())
    print(f"rebuilt at {count / (time.perf_counter() - began):,.0f} a second")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)

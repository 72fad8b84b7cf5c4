"""Event streams: pointers to what a viewer may read, at once, without loss or repeat."""

import asyncio
import threading

import pytest
from django.db import connection

from tests.streams import PATIENCE, Browser, stories
from watercooler.doors.live import hub as hubs
from watercooler.doors.live import reads
from watercooler.foundation.database import hot
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.worker import follow, sequence
from watercooler.spine.conversations import acts as conversations
from watercooler.spine.social import acts as social
from watercooler.spine.spaces.acts import change_standing, join, let_in
from watercooler.spine.spaces.models import Membership
from watercooler.spine.spaces.viewer import forget

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def live(company, client, sign_in):
    """Return a function that runs a story with streams of the company's people: see tests/streams.py."""
    cookies = {}
    follow()
    for name, person in company.people.items():
        client.cookies.clear()
        cookies[name] = sign_in(person).cookies["watercooler"].value
    return stories(cookies)


def test_a_post_reaches_an_open_stream_as_a_pointer(company, live):
    async def story(do, open_as):
        noah, ruth = await open_as("noah"), await open_as("ruth")
        post = await do(company.post, "Secret words", by="priya")
        await noah.sees(post)
        await ruth.sees(post)
        event, data, position = noah.events[-1]
        assert event == "item"
        assert data == {
            "id": post.pk,
            "kind": "post",
            "space": company.heat.pk,
            "verb": "posted",
            "root": post.pk,
            "parent": None,
            "author": company.priya.pk,
            "actor": company.priya.pk,
        }
        assert noah.headers[b"x-accel-buffering"] == b"no"
        assert noah.headers[b"content-type"] == b"text/event-stream"
        assert not any(name.startswith(b"access-control") for name in noah.headers)
        assert position == await do(lambda: Activity.objects.get(item=post).position)

    live(story)


def test_only_those_who_may_read_are_told(company, live):
    async def story(do, open_as):
        priya, fatima, ines, sam = [await open_as(name) for name in ("priya", "fatima", "ines", "sam")]
        inside = await do(company.post, "Double signatures", by="fatima", space=company.medicines)
        wall = await do(lambda: company.priya.owned_spaces.get(purpose="wall"))
        on_wall = await do(company.post, "On my wall", by="priya", space=wall)
        fence = await do(company.post, "For all", by="noah")
        for browser in (priya, fatima, ines, sam):
            await browser.sees(fence)
        assert [data["id"] for data in fatima.of("item")] == [inside.pk, on_wall.pk, fence.pk]
        assert [data["id"] for data in priya.of("item")] == [on_wall.pk, fence.pk]
        assert [data["id"] for data in ines.of("item")] == [on_wall.pk, fence.pk]
        assert [data["id"] for data in sam.of("item")] == [fence.pk]

    live(story)


def test_who_is_sent_out_of_a_closed_space_hears_nothing_more_of_it(company, live):
    async def story(do, open_as):
        fatima, priya = await do(company.viewer, "fatima"), await do(company.viewer, "priya")
        await do(join, priya, company.medicines)
        await do(let_in, fatima, company.medicines, company.priya)
        stream = await open_as("priya")
        before = await do(company.post, "Inside", by="fatima", space=company.medicines)
        await stream.sees(before)
        await do(change_standing, fatima, company.medicines, company.priya, None)
        after = await do(company.post, "Still inside", by="fatima", space=company.medicines)
        fence = await do(company.post, "For all", by="noah")
        await stream.sees(fence)
        assert after.pk not in [data["id"] for data in stream.of("item")]

    live(story)


def test_who_is_let_in_hears_from_then_on(company, live):
    async def story(do, open_as):
        stream = await open_as("priya")
        await do(join, await do(company.viewer, "priya"), company.medicines)
        await do(let_in, await do(company.viewer, "fatima"), company.medicines, company.priya)
        await stream.sees(await do(company.post, "Welcome", by="fatima", space=company.medicines))

    live(story)


def test_a_stream_ends_with_its_session(company, live):
    async def story(do, open_as):
        stream = await open_as("priya")
        await do(sign_out, company.priya)
        await asyncio.wait_for(stream.ended.wait(), PATIENCE)
        assert (await open_as("priya")).status == 401

    def sign_out(person):
        from django.contrib.sessions.models import Session

        for session in Session.objects.all():
            if session.get_decoded()["_auth_user_id"] == str(person.pk):
                session.delete()
        forget(person.pk)

    live(story)


def test_a_browser_that_comes_back_gets_what_it_missed_once(company, live):
    async def story(do, open_as):
        stream = await open_as("noah")
        first = await do(company.post, "One", by="priya")
        await stream.sees(first)
        last = stream.events[-1][2]
        await stream.leave()
        missed = [await do(company.post, f"Missed {n}", by="priya") for n in range(3)]
        again = await open_as("noah", after=last)
        live_one = await do(company.post, "Live", by="priya")
        await again.sees(live_one)
        assert [data["id"] for data in again.of("item")] == [item.pk for item in [*missed, live_one]]
        by_header = await open_as("noah", headers=[(b"last-event-id", str(last).encode())])
        await by_header.sees(live_one)
        assert len(by_header.of("item")) == 4

    live(story)


def test_who_missed_too_much_or_speaks_nonsense_asks_again(company, live, monkeypatch):
    monkeypatch.setattr(reads, "MOST_CAUGHT_UP", 2)

    async def story(do, open_as):
        last = (await open_as("noah")).events[-1][2]
        for n in range(3):
            await do(company.post, f"Missed {n}", by="priya")
        for after in (last, 10**15, "nonsense"):
            stream = await open_as("noah", after=after)
            assert stream.of("resync") == [{}]
            assert stream.of("item") == []
        fence = await do(company.post, "Live", by="priya")
        await stream.sees(fence)

    live(story)


def test_news_does_not_wait_until_what_is_unread_is_counted(company, live, monkeypatch):
    held, count = threading.Event(), reads.told_among
    monkeypatch.setattr(reads, "told_among", lambda *about: held.wait(PATIENCE) and count(*about))

    async def story(do, open_as):
        noah = await open_as("noah")
        try:
            for words in ("Morning @noah", "Again, @noah"):
                await noah.sees(await do(company.post, words, by="priya"))
            assert noah.of("inbox") == [{"unread": 0, "messages": 0}]
        finally:
            held.set()
        await noah.until(lambda browser: browser.of("inbox")[-1] == {"unread": 2, "messages": 0})

    live(story)


def test_the_number_beside_inbox_follows(company, live):
    async def story(do, open_as):
        question = await do(company.question, by="noah")
        stream = await open_as("noah")
        assert stream.of("inbox") == [{"unread": 0, "messages": 0}]
        await do(company.answer, question)
        await stream.until(lambda browser: {"unread": 1, "messages": 0} in browser.of("inbox"))
        assert [line["newest"] > 0 for line in stream.of("lines")] == [True]
        others = await open_as("ruth")
        await others.sees(await do(company.post, "Fence", by="priya"))
        assert others.of("inbox") == [{"unread": 0, "messages": 0}]
        assert others.of("lines") == []

    live(story)


def test_a_message_reaches_those_who_take_part_and_says_only_where(company, live):
    async def story(do, open_as):
        here = await do(lambda: conversations.begin(company.viewer("noah"), company.priya))
        priya, ines = await open_as("priya"), await open_as("ines")
        await do(lambda: conversations.send(company.viewer("noah"), here, "Our secret."))
        await priya.until(lambda browser: {"unread": 0, "messages": 1} in browser.of("inbox"))
        assert priya.of("message") == [{"conversation": here.pk}]
        await ines.sees(await do(company.post, "Fence", by="priya"))
        assert ines.of("message") == []
        assert ines.of("inbox") == [{"unread": 0, "messages": 0}]

    live(story)


def test_a_guest_who_left_the_spaces_of_a_group_hears_nothing_of_it(company, live):
    async def story(do, open_as):
        noah = await do(company.viewer, "noah")
        group = await do(lambda: conversations.begin_group(noah, [company.sam, company.priya]))
        await do(lambda: conversations.send(noah, group, "Welcome."))
        sam, priya = await open_as("sam"), await open_as("priya")
        await do(lambda: Membership.objects.filter(person=company.sam).delete())
        await do(lambda: conversations.send(noah, group, "Only us now."))
        await priya.until(lambda browser: {"unread": 0, "messages": 1} in browser.of("inbox"))
        alone = await do(lambda: conversations.begin(noah, company.priya))
        await do(lambda: conversations.send(noah, alone, "Are you there?"))
        await priya.until(lambda browser: {"conversation": alone.pk} in browser.of("message"))
        assert sam.of("message") == []

    live(story)


def test_private_acts_are_silent_and_public_ones_are_changes(company, live):
    async def story(do, open_as):
        post = await do(company.post, by="priya")
        stream = await open_as("ruth")
        noah = await do(company.viewer, "noah")
        await do(social.save, noah, post)
        await do(social.flag, noah, post, "unsafe")
        await do(social.helped, noah, post)
        await do(social.not_helped, noah, post)
        await stream.until(lambda browser: len(browser.of("change")) == 2)
        assert {data["verb"] for data in stream.of("change")} == {"helped"}
        assert stream.of("item") == []

    live(story)


def test_a_lost_connection_is_made_again_and_nobody_misses_anything(company, live):
    async def story(do, open_as):
        stream = await open_as("noah")
        await do(cut)
        await stream.sees(await do(company.post, "After the cut", by="priya"))
        await stream.sees(await do(company.post, "And then", by="priya"))
        ids = [data["id"] for data in stream.of("item")]
        assert len(ids) == len(set(ids)) == 2

    def cut():
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and query ilike 'listen %%'"
            )
            assert cursor.rowcount == 1

    live(story)


def test_what_was_ordered_and_never_told_comes_with_the_next_news(company, live):
    async def story(do, open_as):
        stream = await open_as("noah")
        untold = await do(lambda: (company.post("Untold", by="priya"), sequence())[0])
        told = await do(company.post, "Told", by="priya")
        await stream.sees(told)
        assert [data["id"] for data in stream.of("item")] == [untold.pk, told.pk]

    live(story)


def test_who_did_not_hear_of_very_much_asks_for_it_alone(company, live, monkeypatch):
    async def story(do, open_as):
        stream = await open_as("noah")
        monkeypatch.setattr(reads, "MOST_CAUGHT_UP", 2)
        for n in range(4):
            await do(lambda n=n: (company.post(f"Untold {n}", by="priya"), sequence()))
        await do(company.post, "Told", by="priya")
        await stream.until(lambda browser: browser.of("resync"))
        fence = await do(company.post, "After it", by="priya")
        await stream.sees(fence)
        assert [data["id"] for data in stream.of("item")] == [fence.pk]

    live(story)


def test_a_notice_that_is_none_of_ours_makes_nobody_deaf(company, live):
    async def story(do, open_as):
        stream = await open_as("noah")
        for channel, payload in (("viewer", "nobody"), ("activity", "{"), ("activity", "{}")):
            await do(hot.one, "select pg_notify(%(channel)s, %(payload)s)", channel=channel, payload=payload)
            await stream.sees(await do(company.post, f"After {payload}", by="priya"))

    live(story)


def test_a_stream_that_cannot_catch_up_ends(company, live, monkeypatch):
    def break_down(viewer, after):
        raise RuntimeError("of a kind that nobody thought of")

    async def story(do, open_as):
        stream = await open_as("noah")
        monkeypatch.setattr(reads, "since", break_down)
        await do(forget, company.noah.pk)
        await asyncio.wait_for(stream.ended.wait(), PATIENCE)

    live(story)


def test_too_many_streams_of_one_person_close_the_oldest(company, live, monkeypatch):
    monkeypatch.setattr(hubs, "MOST_A_PERSON", 2)

    async def story(do, open_as):
        first, second, third = [await open_as("noah") for _ in range(3)]
        await asyncio.wait_for(first.ended.wait(), PATIENCE)
        post = await do(company.post, by="priya")
        await second.sees(post)
        await third.sees(post)

    live(story)


def test_a_line_is_kept_open(company, live, monkeypatch):
    monkeypatch.setattr(hubs, "HEARTBEAT_SECONDS", 1)

    async def story(do, open_as):
        stream = await open_as("noah")
        await stream.until(lambda browser: browser.comments > 0)

    live(story)


def test_strangers_other_sites_and_other_addresses_are_refused(company, live):
    async def story(do, open_as):
        for expected, browser in (
            (401, Browser("nobody")),
            (401, Browser("")),
            (403, Browser("x", headers=[(b"sec-fetch-site", b"cross-site")])),
            (404, Browser("x", path="/live/other")),
            (405, Browser("x", method="POST")),
        ):
            await asyncio.wait_for(browser.ended.wait(), PATIENCE)
            assert browser.status == expected

    live(story)

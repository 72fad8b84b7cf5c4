"""What guests are shown of walls, blogs and drafts: nothing that invites them to write what they may not."""

from dataclasses import replace
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.viewer import Role
from watercooler.kinds.posts.acts import post
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import may_post
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.models import Item
from watercooler.spine.social.acts import comment
from watercooler.spine.spaces.acts import leave
from watercooler.spine.spaces.models import Space

pytestmark = pytest.mark.django_db


def wall_of(person):
    return Space.objects.get(owner=person, purpose="wall")


def test_a_guest_is_offered_no_wall_and_no_blog(company, sign_in):
    client = sign_in(company.sam)
    for page in ("/people/sam", "/compose", "/compose?kind=post&space=~sam", "/compose?kind=article", "/me/drafts"):
        seen = unescape(client.get(page).text)
        for words in ("Your wall is empty", "My wall and blog", "Write an article", "/people/sam/wall", "has a blog"):
            assert words not in seen, (page, words)
    for tab in ("wall", "blog", "articles"):
        assert client.get(f"/people/sam/{tab}").status_code == 404
    assert "My wall and blog" in unescape(sign_in(company.noah).get("/compose").text)


def test_nobody_writes_where_a_guest_would_not_read_it(company, sign_in):
    for name in ("sam", "priya"):
        with pytest.raises(NotAllowed):
            post(company.viewer(name), wall_of(company.sam), "Hello")
    assert "Say something to Sam" not in sign_in(company.priya).get("/people/sam").text
    assert "Say something to Noah" in sign_in(company.priya).get("/people/noah").text
    assert post(company.viewer("priya"), wall_of(company.noah), "Hello").pk


def test_a_guest_of_no_space_is_told_so_and_not_asked_to_write(company, sign_in):
    leave(company.viewer("sam"), company.heat)
    client = sign_in(company.sam)
    for page in ("/home", "/compose", "/start", "/start/question"):
        seen = unescape(client.get(page).text)
        assert "Your sponsor can invite you to more" in seen, page
        for words in ("What do you want to ask", "Post question", "Your first question", "Go back and join one"):
            assert words not in seen, (page, words)


def test_what_stood_on_a_guests_wall_before_is_still_read(company, sign_in):
    old = company.post("From before.")
    Item.objects.filter(pk=old.pk).update(space=wall_of(company.sam), audience=0)
    for page in ("/people/sam", "/people/sam/wall"):
        assert "From before." in sign_in(company.priya).get(page).text


def test_a_name_in_a_text_is_a_link_only_to_whom_a_guest_may_know(company, sign_in):
    """The card is made once for everybody: a member and a guest read the same one, each with the links they can use."""
    said = company.post("@noah knows, and so does @Fatima. Not @nobody.")
    comment(company.viewer("priya"), said, "Ask @fatima, or @sam.")
    follow()
    kept = sign_in(company.priya, Client())
    client = sign_in(company.sam)
    for page in (said.url, f"{said.url}?at=1"):
        for _again in range(2):
            assert '<a class="mention" href="/people/fatima">@Fatima</a>' in kept.get(page).text
            seen = client.get(page).text
            assert '<a class="mention" href="/people/noah">@noah</a>' in seen, page
            assert "/people/fatima" not in seen, page
            assert "so does @Fatima." in seen, page
    assert client.get("/people/noah").status_code == 200
    assert client.get("/people/fatima").status_code == 404
    assert '<a class="mention" href="/people/sam">@sam</a>' in client.get(said.url).text


def test_a_name_met_before_costs_a_guest_no_further_query(company, sign_in, django_assert_num_queries):
    bare = company.post("Nobody in it.")
    said = company.post("@noah knows, and so does @fatima.")
    client = sign_in(company.sam)
    for post_of in (bare, said):
        client.get(post_of.url)
    with CaptureQueriesContext(connection) as without:
        client.get(bare.url)
    with django_assert_num_queries(len(without)):
        client.get(said.url)


@pytest.mark.parametrize(
    ("name", "owner", "kind", "may"),
    [
        ("noah", "", "question", True),
        ("sam", "", "question", True),
        ("fatima", "", "post", False),  # not inside
        ("noah", "noah", "article", True),
        ("priya", "noah", "post", True),
        ("priya", "noah", "", True),
        ("priya", "noah", "article", False),
        ("priya", "noah", "question", False),
        ("sam", "noah", "post", False),
        ("sam", "sam", "post", False),
        ("sam", "sam", "article", False),
        ("priya", "sam", "post", False),
        ("priya", "sam", "", False),
    ],
)
def test_who_may_begin_what_where(company, name, owner, kind, may):
    space = wall_of(company.people[owner]) if owner else company.heat
    wanted = registered()[kind] if kind else None
    assert may_post(company.viewer(name), space, wanted) == may
    space.archived_at = timezone.now()
    assert not may_post(company.viewer(name), space, wanted)


@pytest.mark.parametrize(("name", "may"), [("noah", False), ("elena", True), ("ines", False)])
def test_a_kind_that_needs_a_role_is_begun_by_those_who_have_it(company, name, may):
    made = replace(registered()["question"].made, needs=Role.LEAD)
    wanted = replace(registered()["question"], made=made)
    assert may_post(company.viewer(name), company.heat, wanted) == may

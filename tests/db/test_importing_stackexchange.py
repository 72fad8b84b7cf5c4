"""A Stack Exchange dump becomes a space: whole, once, with real authors and their own times."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from tests import dump as small
from watercooler.doors.importing.models import Badge, Counterpart
from watercooler.doors.importing.report import Broken, Report
from watercooler.doors.importing.stackexchange import Dump, posts
from watercooler.doors.importing.stackexchange.bring import bring, space_for
from watercooler.doors.importing.stackexchange.check import check
from watercooler.kinds.questions.models import Question
from watercooler.projections.notifications.models import Notification
from watercooler.projections.search.models import SearchEntry
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.projections import rebuild, registered
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.models import Item, Link, Revision, Topic
from watercooler.spine.people.acts import invite, use_invitation
from watercooler.spine.people.models import Person
from watercooler.spine.social.models import Saved
from watercooler.spine.spaces.models import Access, Membership, Space

pytestmark = pytest.mark.django_db
TABLES = (
    *("people_person", "spaces_space", "spaces_membership", "content_item", "content_revision", "content_tagging"),
    *("content_topic", "content_link", "questions_question", "social_saved", "activity_activity"),
    *("importing_counterpart", "importing_badge"),
)


def load(folder, name="Bees", site="", owner=""):
    dump = Dump(folder, site)
    report = Report(dump.site)
    return bring(dump, space_for(dump, name, owner, report), report)


@pytest.fixture
def bees(tmp_path):
    """A folder named after its site, with a small dump in it."""
    return small.write(tmp_path / "bees.example")


def item(name, site="bees.example"):
    return Item.objects.get(pk=Counterpart.objects.get(source=site, name=name).item_id)


def person(name, site="bees.example"):
    return Person.objects.get(pk=Counterpart.objects.get(source=site, name=name).person_id)


def everything():
    """Return each table's rows as text."""
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"select t::text from {table} t order by 1")
            found[table] = [row[0] for row in cursor.fetchall()]
        return found


def test_every_record_is_loaded_or_left_out_for_a_reason(bees, company):
    report = load(bees)
    lines = {kind: (line.found, line.loaded) for kind, line in report.lines.items() if line.found}
    assert lines == {
        "users": (5, 5),
        "tags": (2, 2),
        "posts: questions": (2, 2),
        "posts: answers": (3, 3),
        "posts: tag descriptions": (2, 2),
        "posts: other kinds": (1, 0),
        "accepted answers": (1, 1),
        "comments": (3, 2),
        "votes: up": (13, 12),
        "votes: accepted": (1, 1),
        "votes: favourites": (2, 1),
        "votes: other kinds": (3, 0),
        "post links": (3, 2),
        "badges": (2, 1),
        "edit history: versions of a text": (5, 4),
        "edit history: changes of tags": (2, 0),
        "edit history: other events": (1, 0),
    }
    assert all(line.is_accounted_for for line in report.lines.values())
    assert report.groups()["posts"].found == 8
    assert report.problem_count == 0


def test_a_question_comes_with_its_words_times_topics_and_people(bees, company):
    load(bees)
    question = item("post/10")
    assert (question.kind, question.title) == ("question", "Where did my bees go?")
    assert question.author == person("user/1")
    assert question.published_at == datetime(2016, 2, 3, 10, tzinfo=UTC)
    assert question.source == "My bees are *gone*.\n\n[hive](https://p.example/h.png)"
    assert question.safe_html.startswith("<p>My bees are <em>gone</em>.</p>")
    assert "script" not in question.safe_html
    assert "<img" not in question.safe_html
    assert 'href="https://elsewhere.example/x.png"' not in question.safe_html or "picture" in question.safe_html
    assert set(Topic.objects.filter(pk__in=question.topic_ids).values_list("slug", flat=True)) == {"hives", "c-sharp"}
    assert (question.answer_count, question.comment_count, question.helped_count) == (2, 1, 5)
    assert question.is_imported
    assert question.active_at == datetime(2016, 2, 5, 10, tzinfo=UTC)


def test_an_accepted_answer_is_marked_at_the_time_of_the_vote(bees, company):
    load(bees)
    question = Question.objects.get(pk=item("post/10").pk)
    assert question.accepted_answer == item("post/12")
    assert question.solved_at == datetime(2016, 2, 8, tzinfo=UTC)
    assert question.first_answer_at == datetime(2016, 2, 3, 10, tzinfo=UTC)
    card = Item.objects.get(pk=question.pk).card
    assert card["accepted"]["name"] == "Otto"
    assert card["accepted"]["by"] == "Mira Novak"
    assert item("post/10").space.solved_count == 1


def test_versions_are_kept_with_who_changed_them_when_and_why(bees, company):
    load(bees)
    question = item("post/10")
    was = Revision.objects.get(item=question)
    assert (was.number, was.title, was.source, was.note) == (1, "Bees?", "My bes are *gone*.", "spelling")
    assert was.author == person("user/2")
    assert was.at == question.edited_at == datetime(2016, 2, 5, 10, tzinfo=UTC)
    assert question.revision == 2
    assert Activity.objects.filter(item=question, verb="edited", actor=person("user/2"), is_imported=True).exists()


def test_who_is_gone_becomes_a_former_member_with_their_name(bees, company):
    load(bees)
    former = item("post/11").author
    assert (former.name, former.is_active, former.is_imported) == ("user77", False, True)
    assert item("comment/31").author == former
    community = item("post/14").author
    assert (community.name, community.is_active) == ("Community (Stack Exchange)", False)


def test_imported_people_are_marked_in_the_directory_and_cannot_sign_in_until_invited(bees, company):
    load(bees)
    mira = person("user/1")
    assert mira.is_imported
    assert mira.is_active
    assert not mira.has_usable_password()
    assert mira.about == "Bees."
    assert Space.objects.filter(owner=mira, purpose="wall", slug=f"~{mira.handle}").exists()
    assert Membership.objects.get(person=mira, space__name="Bees").since == datetime(2016, 2, 1, 10, tzinfo=UTC)
    invitation = invite(company.viewer("ines"), mira)
    assert use_invitation(invitation.token) == mira


def test_two_people_of_one_name_have_two_handles(bees, company):
    load(bees)
    assert {person("user/2").handle, person("user/3").handle} == {"otto", "otto-3"}
    assert person("user/4").handle == "member"


def test_one_person_across_sites_is_one_person(bees, tmp_path, company):
    load(bees)
    users = [{"Id": 9, "DisplayName": "Mira N.", "CreationDate": "2012-01-01T00:00:00", "AccountId": 501}]
    load(small.write(tmp_path / "wax.example", {"Users": users}), name="Wax")
    mira = person("user/9", "wax.example")
    assert mira == person("user/1")
    assert mira.name == "Mira Novak"
    assert mira.joined_at == datetime(2012, 1, 1, tzinfo=UTC)
    assert Membership.objects.filter(person=mira, space__purpose="space").count() == 2


def test_links_favourites_and_badges_are_kept(bees, company):
    load(bees)
    linked = Link.objects.filter(item=item("post/13"), other=item("post/10"))
    assert set(linked.values_list("kind", flat=True)) == {"related", "duplicate"}
    assert Saved.objects.get(item=item("post/10")).person == person("user/2")
    assert Badge.objects.get().person == person("user/1")
    assert Topic.objects.get(slug="hives").about == "Houses for bees.\n\nAll about hives."


def test_a_question_shows_what_it_belongs_together_with(bees, company, sign_in):
    load(bees)
    beside = sign_in(company.noah).get(f"/items/{item('post/10').pk}/beside").content.decode()
    assert "Belongs together" in beside
    assert "Paint for hives" in beside
    assert "Asks the same" in beside


def test_a_profile_and_the_directory_say_who_was_imported(bees, company, sign_in):
    load(bees)
    client = sign_in(company.noah)
    assert "Imported" in client.get(person("user/1").url).content.decode()
    assert "Imported" not in client.get("/people/priya").content.decode()
    assert client.get("/people?q=mira").content.decode().count("Imported") == 1


def test_comments_mention_nobody_here_by_chance(bees, company):
    load(bees)
    comment = item("comment/30")
    assert comment.safe_html == "<p>Was it <em>cold</em>, @Otto?</p>\n"
    assert comment.parent == item("post/10")
    assert comment.helped_count == 2


def test_a_second_run_changes_nothing(bees, company):
    load(bees)
    before = everything()
    report = load(bees)
    assert everything() == before
    assert sum(line.loaded for line in report.lines.values()) == 0
    assert all(line.is_accounted_for for line in report.lines.values())


def test_an_interrupted_run_goes_on_and_ends_as_if_nothing_had_been(bees, tmp_path, company, monkeypatch):
    def stop(_job):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(posts, "bring_answers", stop)
        with pytest.raises(KeyboardInterrupt):
            load(bees)
    assert Item.objects.filter(is_imported=True).count() == 2
    report = load(bees)
    assert Item.objects.filter(is_imported=True).count() == 7
    assert report.lines["posts: questions"].known == 2
    assert Question.objects.get(pk=item("post/10").pk).is_solved
    assert item("post/10").answer_count == 2


def test_nobody_is_notified_and_everything_is_found(bees, company):
    while follow():
        pass
    before = Notification.objects.count()
    load(bees)
    while follow():
        pass
    assert Notification.objects.count() == before
    assert SearchEntry.objects.filter(item__is_imported=True).count() == 7


@pytest.mark.parametrize("projection", registered(), ids=lambda each: each.name)
def test_a_rebuild_after_an_import_gives_the_same_rows(bees, company, projection):
    load(bees)
    while follow():
        pass
    live = projection.snapshot()
    rebuild(projection)
    assert projection.snapshot() == live


def test_every_activity_has_an_actor_and_the_time_it_was_done(bees, company):
    last = Activity.objects.order_by("-pk").first().pk
    load(bees)
    acts = Activity.objects.filter(pk__gt=last, is_imported=True)
    assert set(acts.values_list("verb", flat=True)) == {
        *("joined", "asked", "answered", "commented", "accepted", "edited", "saved")
    }
    assert acts.filter(at__year=2016).count() == acts.count()


def test_a_dry_run_says_what_a_load_does_and_writes_nothing(bees, company):
    before = everything()
    dry = check(Dump(bees), Report("bees.example", is_dry=True))
    assert everything() == before
    report = load(bees)
    loaded = {kind: line.loaded for kind, line in report.lines.items() if line.found}
    assert {kind: line.loaded for kind, line in dry.lines.items() if line.found} == loaded
    assert loaded["accepted answers"] == 1
    assert dry.total == report.total


def test_a_dry_run_says_of_accepted_answers_what_a_load_does(tmp_path, company):
    rows = small.posts()
    rows[3] |= {"AcceptedAnswerId": 11}  # an answer to another question
    rows += [rows[0] | {"Id": 90, "AcceptedAnswerId": 91}]  # an answer that is not there
    bees = small.write(tmp_path / "bees.example", small.all_files() | {"Posts": rows})
    dry = check(Dump(bees), Report("bees.example", is_dry=True)).lines["accepted answers"]
    wet = load(bees).lines["accepted answers"]
    assert (dry.found, dry.loaded, dry.left_out) == (wet.found, wet.loaded, wet.left_out)
    assert wet.left_out.total() == 2
    again = check(Dump(bees), Report("bees.example", is_dry=True)).lines["accepted answers"]
    assert (again.known, again.loaded, again.left_out) == (1, 0, wet.left_out)


def test_posts_alone_are_enough(bees, company):
    for path in bees.iterdir():
        if path.name != "Posts.xml":
            path.unlink()
    report = load(bees)
    assert report.groups()["posts"].loaded == 5
    assert item("post/10").author.name == "Member 1 of bees.example"
    assert item("post/10").source.startswith("My bees are *gone*.")
    assert item("post/10").helped_count == 4
    assert item("post/11").helped_count == 0


def test_who_was_known_by_number_alone_gets_a_name_when_the_users_come(bees, tmp_path, company):
    users = (bees / "Users.xml").read_bytes()
    (bees / "Users.xml").unlink()
    load(bees)
    stand_in = item("post/10").author
    (bees / "Users.xml").write_bytes(users)
    load(bees)
    stand_in.refresh_from_db()
    assert (stand_in.name, stand_in.is_active) == ("Mira Novak", True)
    assert item("post/10").author == stand_in


def test_a_site_goes_on_in_its_own_space(bees, company):
    load(bees)
    with pytest.raises(Broken, match="into the space “Bees” before"):
        load(bees, name="Wasps")


def test_the_space_belongs_to_the_first_administrator_or_who_is_named(bees, tmp_path, company):
    load(bees)
    assert Space.objects.get(name="Bees").owner == company.ines
    load(small.write(tmp_path / "wax.example"), name="Wax", owner="tomasz")
    assert Space.objects.get(name="Wax").owner == company.tomasz
    with pytest.raises(Broken, match="nobody here has this handle"):
        load(small.write(tmp_path / "mead.example"), name="Mead", owner="nobody")


def test_an_empty_installation_can_be_filled(bees, db):
    report = load(bees)
    assert Space.objects.get(name="Bees").owner.name == "Community (Stack Exchange)"
    assert "no administrator yet" in report.notes[0]


def test_a_closed_space_keeps_what_comes_to_itself(bees, company):
    load(bees, name="Medicines")
    assert item("post/10").audience == company.medicines.pk
    assert company.medicines.access == Access.CLOSED


def test_old_addresses_lead_to_the_same_words(bees, company, sign_in):
    load(bees)
    client = sign_in(company.noah)
    question = item("post/10")
    for old in ("questions/10/where-did-my-bees-go", "q/10", "questions/10", "10"):
        answer = client.get(f"/from/bees.example/{old}")
        assert (answer.status_code, answer["Location"]) == (301, question.url), old
    for old in ("a/12", "questions/10/title/12", "a/12/5"):
        assert client.get(f"/from/bees.example/{old}")["Location"] == item("post/12").url
    assert client.get("/from/bees.example/users/1/mira")["Location"] == person("user/1").url
    for old in ("questions/999", "users/999", "tour", "questions/ten"):
        assert client.get(f"/from/bees.example/{old}").status_code == 404
    assert 'href="/from/bees.example/questions/13/x"' in item("post/12").safe_html


def test_an_old_address_of_what_one_may_not_see_is_not_there(bees, company, sign_in):
    load(bees, name="Medicines")
    assert sign_in(company.noah).get("/from/bees.example/questions/10").status_code == 404
    assert sign_in(company.fatima).get("/from/bees.example/questions/10").status_code == 301

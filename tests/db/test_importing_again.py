"""A later version of a source brings up to date what is here, unless somebody here has changed it since."""

from __future__ import annotations

import pytest
from django.db.models import F

from tests import dump as small
from tests.db.test_importing_stackexchange import everything, item, load, person
from watercooler.kinds.questions.acts import unaccept
from watercooler.kinds.questions.models import Question
from watercooler.projections.contributions.models import Contribution
from watercooler.projections.search.models import SearchEntry
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.projections import rebuild, registered
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import edit, tag
from watercooler.spine.content.models import Item, Revision, Topic
from watercooler.spine.people.acts import change_person
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space
from watercooler.spine.spaces.viewer import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def bees(tmp_path, company):
    """A folder named after its site, with a small dump in it that has come in and was followed."""
    folder = small.write(tmp_path / "bees.example")
    load(folder)
    follow()
    return folder


def later(folder, **changes):
    """Write the dump again with some rows changed, as {"Posts": {10: {"Title": …}}}, and load it."""
    files = small.all_files()
    for name, rows in changes.items():
        files[name] = [row | rows.get(row["Id"], {}) for row in files[name]]
    small.write(folder, files)
    report = load(folder)
    assert all(line.is_accounted_for for line in report.lines.values())
    return report


def changed(report):
    return {kind: line.updated for kind, line in report.lines.items() if line.updated}


def history(**texts):
    """Return further rows of edit history: the present title and body of question 10, changed by user 3."""
    common = {"PostId": 10, "RevisionGUID": "z", "CreationDate": small.DAY.format(9), "UserId": 3, "Comment": "clearer"}
    return [{"Id": 90 + n, "PostHistoryTypeId": n, "Text": text, **common} for n, text in
            ((4, texts.get("title")), (5, texts.get("body"))) if text]  # fmt: skip


def test_the_same_dump_again_changes_nothing(bees):
    before = everything()
    report = load(bees)
    assert changed(report) == {}
    assert everything() == before


def test_a_changed_text_is_an_edit_with_a_revision(bees):
    report = later(bees, Posts={14: {"Body": "<p>Beeswax.</p>", "LastEditDate": small.DAY.format(9)}})
    answer = item("post/14")
    assert (answer.source.strip(), answer.safe_html, answer.revision) == ("Beeswax.", "<p>Beeswax.</p>", 2)
    assert Revision.objects.get(item=answer).source.strip() == "Linseed oil."
    act = Activity.objects.get(item=answer, verb="edited")
    assert (act.is_imported, act.actor_id, act.at) == (True, answer.author_id, answer.edited_at)
    assert changed(report) == {"posts: answers": 1}
    assert changed(load(bees)) == {}


def test_who_changed_it_there_is_said_where_the_dump_tells(bees):
    files = small.all_files()
    files["Posts"][0] |= {"Title": "Where did all my bees go?", "Body": "<p>They are gone.</p>"}
    files["PostHistory"] += history(title="Where did all my bees go?", body="They are *gone*.")
    small.write(bees, files)
    assert changed(load(bees))["posts: questions"] == 1
    question = item("post/10")
    assert (question.title, question.source, question.revision) == ("Where did all my bees go?", "They are *gone*.", 3)
    last = Revision.objects.get(item=question, number=2)
    assert (last.author, last.note, last.title) == (person("user/3"), "clearer", "Where did my bees go?")


def test_a_title_tags_and_score_follow(bees):
    report = later(
        bees,
        Posts={13: {"Title": "Which paint for hives?", "Tags": "<paint><c#>"}},
        Votes={112: {"PostId": 13}, 113: {"PostId": 13, "VoteTypeId": 2}},
    )
    question = item("post/13")
    names = set(Topic.objects.filter(pk__in=question.topic_ids).values_list("name", flat=True))
    assert (question.title, names) == ("Which paint for hives?", {"paint", "c#"})
    assert (question.helped_count, question.helped_before) == (2, 2)
    assert Topic.objects.get(slug="hives").item_count == 1
    assert changed(report)["posts: questions"] == 1
    assert changed(load(bees)) == {}


def test_help_given_here_is_added_to_what_comes_from_there(bees):
    question = item("post/10")
    Item.objects.filter(pk=question.pk).update(helped_count=F("helped_count") + 1)
    later(bees, Votes={105: {"VoteTypeId": 2}})
    question.refresh_from_db()
    assert (question.helped_before, question.helped_count) == (6, 7)


def test_another_accepted_answer_takes_the_place_of_the_old_one(bees):
    report = later(bees, Posts={10: {"AcceptedAnswerId": 11}}, Votes={114: {"PostId": 11}})
    question = Question.objects.get(pk=item("post/10").pk)
    assert question.accepted_answer == item("post/11")
    assert item("post/10").card["accepted"]["name"] == "user77"
    assert report.lines["accepted answers"].updated == 1
    assert Space.objects.get(name="Bees").solved_count == 1


def test_an_answer_that_is_accepted_no_more_leaves_the_question_open(bees):
    report = later(bees, Posts={10: {"AcceptedAnswerId": ""}})
    assert Question.objects.get(pk=item("post/10").pk).accepted_answer is None
    assert item("post/10").card == {"solved": False}
    assert Space.objects.get(name="Bees").solved_count == 0
    assert changed(report)["posts: questions"] == 1
    assert changed(load(bees)) == {}


def test_what_somebody_here_took_back_is_not_accepted_again(bees, company):
    question = Question.objects.get(pk=item("post/10").pk)
    unaccept(company.viewer("ines"), question)
    report = load(bees)
    question.refresh_from_db()
    assert question.accepted_answer is None
    assert report.lines["accepted answers"].left_out["changed here since, so it stays as it is here"] == 1


def test_what_somebody_here_wrote_stays_and_is_told(bees):
    answer = item("post/14")
    edit(build(answer.author_id) if answer.author.is_active else _author(answer), answer,
         source="Linseed oil, boiled.", based_on=1)  # fmt: skip
    assert load(bees).lines["posts: answers"].left_out.total() == 0, "there nothing changed"
    report = later(bees, Posts={14: {"Body": "<p>Beeswax.</p>"}})
    assert item("post/14").source == "Linseed oil, boiled."
    assert report.lines["posts: answers"].left_out == {"changed here since, so it stays as it is here": 1}


def _author(answer):
    Person.objects.filter(pk=answer.author_id).update(is_active=True)
    return build(answer.author_id)


def test_topics_that_somebody_here_changed_stay(bees, company):
    question = item("post/13")
    tag(company.viewer("ines"), question, "varnish")
    report = later(bees, Posts={13: {"Tags": "<paint>"}})
    names = set(Topic.objects.filter(pk__in=item("post/13").topic_ids).values_list("name", flat=True))
    assert names == {"hives", "varnish"}
    assert report.lines["posts: questions"].left_out.total() == 1


def test_a_person_gets_the_name_they_have_now(bees):
    report = later(bees, Users={2: {"DisplayName": "Otto Kern"}})
    otto = person("user/2")
    assert otto.name == "Otto Kern"
    assert Space.objects.get(owner=otto, purpose="wall").name == "Otto Kern"
    assert Activity.objects.get(person=otto, verb="changed_person").is_imported
    assert changed(report) == {"users": 1}
    assert changed(load(bees)) == {}


def test_a_name_that_was_changed_here_stays(bees, company):
    change_person(company.viewer("ines"), person("user/2"), name="Otto K.")
    report = later(bees, Users={2: {"DisplayName": "Otto Kern"}})
    assert person("user/2").name == "Otto K."
    assert changed(report) == {}


def test_the_first_site_gives_the_name(bees, tmp_path):
    users = [{"Id": 9, "DisplayName": "Mira N.", "CreationDate": small.DAY.format(1), "AccountId": 501}]
    wax = small.write(tmp_path / "wax.example", {"Users": users})
    load(wax, name="Wax")
    assert changed(load(wax, name="Wax")) == {}
    assert person("user/1").name == "Mira Novak"


def test_projections_follow_and_rebuild_to_the_same(bees):
    later(
        bees,
        Posts={13: {"Title": "Varnish for hives", "Tags": "<paint>"}, 10: {"AcceptedAnswerId": 11}},
        Votes={112: {"PostId": 13}, 113: {"PostId": 13, "VoteTypeId": 2}},
        Comments={30: {"Text": "Was it cold there?", "Score": 9}},
    )
    while follow():
        pass
    entry = SearchEntry.objects.get(item=item("post/13"))
    assert "varnish" in entry.words
    assert entry.quality > 0
    assert sum(each.helped for each in Contribution.objects.filter(person=person("user/3"))) == 2 + 9
    for projection in registered():
        before = projection.snapshot()
        rebuild(projection)
        assert projection.snapshot() == before, projection.name

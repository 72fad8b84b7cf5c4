"""Saved searches: who hears of what, when, and of what not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.viewer import STRANGER
from watercooler.places.inbox.sentences import said
from watercooler.projections.notifications import acts as notifications
from watercooler.projections.notifications import reads as inbox
from watercooler.projections.notifications.models import Notification
from watercooler.projections.notifications.projection import Notifications
from watercooler.projections.search import acts, jobs, listing, reads, statistics
from watercooler.projections.search.models import SavedFind, SavedSearch
from watercooler.projections.search.saved import matching, telling
from watercooler.projections.search.saved import reads as saved_reads
from watercooler.spine.activity.projections import rebuild
from watercooler.spine.activity.worker import follow
from watercooler.spine.content import acts as content
from watercooler.spine.content.acts import explain_term
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.social import acts as social
from watercooler.spine.spaces.acts import leave

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(company):
    """The cast, with everything that founding it told read and gone."""
    follow()
    Notification.objects.all().delete()
    return company


def save(company, words="frost", by="fatima", tells="at_once", name="", **chosen):
    return acts.save_search(company.viewer(by), {"q": words, **chosen}, name, tells)


def look():
    while follow():
        pass
    jobs.look_for_saved()


def lines(company, name="fatima"):
    """What saved searches put into somebody's inbox, newest first: (the sentence, the titles)."""
    look()
    found = [line for line in inbox.inbox(company.viewer(name)) if line.kind == "found"]
    return [(str(said(line).html).replace("<b>", "").replace("</b>", ""), said(line).words) for line in found]


def test_what_is_new_makes_one_line_with_the_count_and_the_newest_titles(company):
    save(company, name="Frost")
    company.question("Frost on the coil?")
    look()
    assert telling.look(timezone.now()) == 0, "It is looked at once."
    assert lines(company) == [("1 new for your search Frost", "Frost on the coil?")]
    company.article("Frost again", by="tomasz")
    company.post("Nothing of that sort.")
    assert lines(company) == [("2 new for your search Frost", "Frost again · Frost on the coil?")]
    line = inbox.inbox(company.viewer("fatima"))[0]
    notifications.read(company.viewer("fatima"), Notification.objects.get(pk=line.id))
    assert lines(company) == [("Found by your search Frost", "Frost again · Frost on the coil?")]
    company.question("More frost?")
    assert lines(company)[0][0] == "1 new for your search Frost"


def test_what_was_there_before_one_s_own_and_what_was_imported_is_no_news(company):
    company.question("Frost before")
    look()
    save(company)
    company.post("My own frost", by="fatima", space=company.medicines)
    old = company.question("Frost of last year", at=timezone.now() - timedelta(days=300))
    assert old.pk
    assert lines(company) == []
    assert not SavedFind.objects.exists()


def test_only_what_one_may_see_at_that_moment(company):
    save(company, "morphine")
    save(company, "morphine", by="priya")
    company.post("Count the morphine twice.", by="fatima", space=company.medicines)
    assert lines(company, "priya") == []
    company.post("Morphine is locked away.", by="hassan")
    assert len(lines(company, "priya")) == 1
    assert SavedFind.objects.filter(search__person=company.priya).count() == 1
    hidden = company.post("Morphine came in.", by="hassan")
    while follow():
        pass
    Item.objects.filter(pk=hidden.pk).update(audience=company.council.pk)
    jobs.look_for_saved()
    assert SavedFind.objects.filter(search__person=company.priya).count() == 1, "The item decides, as it is now."


def test_a_line_names_nothing_that_is_hidden_since_even_before_anybody_followed(company):
    save(company)
    hidden = company.post("Frost in the van.")
    company.post("Frost in the vault.")
    assert lines(company) == [("2 new for your search frost", "Frost in the vault. · Frost in the van.")]
    Item.objects.filter(pk=hidden.pk).update(audience=company.council.pk)
    assert lines(company) == [("1 new for your search frost", "Frost in the vault.")]


def test_who_leaves_a_space_hears_nothing_more_of_it_and_sees_nothing_of_what_was_told(company):
    save(company, by="sam")
    company.post("Frost in the van.")
    assert len(lines(company, "sam")) == 1
    leave(company.viewer("sam"), company.heat)
    assert lines(company, "sam") == []
    company.post("More frost in the van.")
    assert lines(company, "sam") == []


def test_the_saved_search_and_the_search_never_disagree(company):
    """Every item of a mixed lot is told of if and only if the search finds it, for searches of many sorts."""
    asked = [
        {"q": "frost coil"}, {"q": '"frost coil"'}, {"q": "frost -coil"}, {"q": "frost", "kind": "question"},
        {"q": "frost in:heat-pump-engineers"}, {"q": "frost from:priya"}, {"q": "frost", "topic": "defrost"},
        {"q": "frosts"}, {"q": "zirconium"}, {"q": "zirc"}, {"q": "frost", "solved": "1"},
        {"q": "frost before:2001-01-01"},
    ]  # fmt: skip
    viewer = company.viewer("fatima")
    saved = [acts.save_search(viewer, each, tells="at_once") for each in asked]
    company.question("Frost on the coil", topics=["Defrost"])
    company.post("A frost coil, and a zirconium one.")
    company.post("Frosty mornings with frost.", by="hassan")
    company.article("The coil")
    look()
    for one in saved:
        what = matching.read(one.asked)
        found = reads.find(viewer, what.query, now=timezone.now(), chosen=what.chosen)
        theirs = {hit.id for hit in found.hits}
        told = set(SavedFind.objects.filter(search=one).values_list("item_id", flat=True))
        assert told <= theirs, one.asked
        if len(what.query.terms) == 1:
            assert told == theirs, one.asked
    assert SavedFind.objects.filter(search=saved[0]).count() == 2
    assert SavedFind.objects.filter(search=saved[8]).count() == SavedFind.objects.filter(search=saved[9]).count() == 1


FILTERS_ALONE = [
    {"q": "from:priya"}, {"q": "kind:question"}, {"q": "topic:defrost"}, {"q": "in:heat-pump-engineers"},
    {"q": "kind:answer"}, {"q": "is:open"}, {"q": "after:2000"}, {"q": "before:2000"},
    {"q": "kind:article from:tomasz"},
    {"q": "", "kind": "post", "space": "heat-pump-engineers"}, {"q": "from:ruth"}, {"q": "in:works-council"},
    {"q": "kind:answer topic:defrost"}, {"q": 'from:"Priya Raman"'}, {"q": "topic:severance"},
]  # fmt: skip


def test_a_saved_search_of_filters_alone_and_its_page_never_disagree(company):
    viewer = company.viewer("fatima")
    saved = [acts.save_search(viewer, each, tells="at_once") for each in FILTERS_ALONE]
    question = company.question("Frost on the coil", topics=["Defrost"])
    company.answer(question, "Thaw it.", by="priya")
    social.comment(company.viewer("hassan"), question.item, "Me too.")
    company.post("A coil.")
    company.article("The coil")
    company.question("Pay?", by="ruth", space=company.council, topics=["Severance", "Defrost"])
    look()
    for one in saved:
        what = matching.read(one.asked)
        theirs = {each.id for each in listing.listed(viewer, what.query, chosen=what.chosen).near}
        assert set(SavedFind.objects.filter(search=one).values_list("item_id", flat=True)) == theirs, one.asked
    counts = [SavedFind.objects.filter(search=one).count() for one in saved]
    assert counts == [2, 1, 1, 3, 1, 1, 3, 0, 1, 1, 0, 0, 1, 2, 0]


def test_filters_alone_meet_few_new_items(company):
    """Each is looked up by what is rarest of it, and asked in earnest only for what has that."""
    for asked in FILTERS_ALONE:
        save(company, asked["q"], **{name: value for name, value in asked.items() if name != "q"})
    keys = dict(SavedSearch.objects.values_list("asked", "keys"))
    assert keys["q=kind%3Aarticle+from%3Atomasz&author=tomasz"] == [f"~author:{company.tomasz.pk}"]
    assert keys["q=is%3Aopen"] == keys["q=after%3A2000"] == ["~"]
    assert keys["q=topic%3Aseverance&topic=severance"] == ["~"]
    with pytest.raises(Invalid):
        save(company, "is:banana")


def test_the_same_thing_is_told_once_though_two_searches_or_a_follow_find_it(company):
    save(company, "frost", name="First")
    save(company, "coil", name="Second")
    company.post("Frost on the coil.")
    assert [sentence for sentence, _ in lines(company)] == ["1 new for your search First"]
    social.follow(company.viewer("fatima"), company.priya)
    company.post("Frost once more.")
    assert [sentence for sentence, _ in lines(company)] == ["1 new for your search First"]
    jobs.look_for_saved()
    assert len(lines(company)) == 1
    third = save(company, "van", name="Third", tells="daily")
    social.unfollow(company.viewer("fatima"), company.priya)
    company.post("Frost in the van.")
    look()
    jobs.tell_daily()
    assert not SavedFind.objects.get(search=third).is_told


def test_daily_waits_for_its_round_and_comes_as_of_then(company):
    save(company, tells="daily")
    company.post("Frost.")
    assert lines(company) == []
    jobs.tell_daily()
    [line] = [one for one in inbox.inbox(company.viewer("fatima")) if one.kind == "found"]
    assert timezone.now() - line.at < timedelta(minutes=1)
    jobs.tell_daily()
    assert len(lines(company)) == 1
    assert SavedFind.objects.update(at=timezone.now() - timedelta(days=91)) == 1
    jobs.tell_daily()
    assert not SavedFind.objects.exists()


def test_never_and_mutes_are_kept_to(company):
    never = save(company, tells="never")
    company.post("Frost.")
    assert lines(company) == []
    assert not SavedFind.objects.exists()
    acts.change_search(company.viewer("fatima"), never, tells="at_once")
    social.mute(company.viewer("fatima"), company.priya)
    company.post("Frost of Priya.")
    assert lines(company) == []
    company.post("Frost of Hassan.", by="hassan")
    assert len(lines(company)) == 1


def test_what_waited_for_the_daily_round_is_let_go_with_never(company):
    saved = save(company, tells="daily")
    company.post("Frost.")
    look()
    acts.change_search(company.viewer("fatima"), saved, tells="never")
    acts.change_search(company.viewer("fatima"), saved, tells="daily")
    jobs.tell_daily()
    assert lines(company) == []


def test_who_may_sign_in_no_more_hears_nothing(company):
    save(company)
    Person.objects.filter(pk=company.fatima.pk).update(is_active=False)
    company.post("Frost.")
    look()
    assert not SavedFind.objects.exists()


def test_what_was_made_before_the_search_was_kept_is_no_news_though_it_is_looked_at_later(company):
    company.question("Frost before")
    while follow():
        pass
    save(company)
    assert lines(company) == []
    assert not SavedFind.objects.exists()


def test_what_is_new_asks_for_the_look_and_new_words_for_the_reckoning(company):
    company.post("Nobody waits for frost.")
    follow()
    assert waiting() == []
    save(company)
    company.post("Frost.")
    follow()
    assert waiting() == ["search.look_for_saved"]
    explain_term(company.viewer("elena"), "Frost", "Ice.", ["hoar"])
    follow()
    assert waiting() == ["search.look_for_saved", "search.reckon_saved"]


def waiting():
    """Return which jobs about saved searches wait."""
    with connection.cursor() as cursor:
        cursor.execute("select task_name from procrastinate_jobs where task_name like 'search.%%saved' order by 1")
        return [row[0] for row in cursor.fetchall()]


def test_at_most_twenty_a_day(company, monkeypatch):
    monkeypatch.setattr(telling, "MOST_A_DAY", 2)
    save(company)
    for number in range(4):
        company.post(f"Frost number {number}.")
        look()
    assert SavedFind.objects.filter(is_told=True).count() == 2
    assert SavedFind.objects.filter(settled_at=None).count() == 0


def test_what_is_removed_is_no_news_and_is_again_when_it_comes_back(company):
    save(company)
    post = company.post("Frost.")
    assert len(lines(company)) == 1
    content.remove(company.viewer("priya"), post)
    assert lines(company) == []
    content.restore(company.viewer("priya"), post)
    assert len(lines(company)) == 1


def test_a_rebuild_of_the_inbox_gives_the_same_lines(company):
    save(company)
    company.post("Frost.")
    look()
    before = Notifications().snapshot()
    rebuild(Notifications())
    assert Notifications().snapshot() == before


def test_hearing_less_from_the_inbox_and_taking_it_back(company):
    saved = save(company)
    company.post("Frost.")
    look()
    viewer, line = company.viewer("fatima"), Notification.objects.get(kind="found")
    notifications.less(viewer, line)
    saved.refresh_from_db()
    assert saved.tells == "never"
    notifications.as_before(viewer, line)
    saved.refresh_from_db()
    assert saved.tells == "at_once"


def test_one_s_own_page_counts_what_is_new_and_forgets_it_when_looked_at(company):
    saved = save(company, tells="daily")
    company.post("Frost.")
    look()
    viewer = company.viewer("fatima")
    assert [one.new for one in saved_reads.mine(viewer)] == [1]
    acts.looked_at(viewer, saved)
    assert [one.new for one in saved_reads.mine(viewer)] == [0]
    assert saved_reads.mine(company.viewer("priya")) == []
    hidden = company.post("Frost, again.")
    look()
    content.remove(company.viewer("priya"), hidden)
    assert [one.new for one in saved_reads.mine(viewer)] == [0]


def test_only_one_s_own_and_only_what_asks_for_something(company):
    saved = save(company)
    with pytest.raises(NotAllowed):
        acts.remove_search(company.viewer("priya"), saved)
    with pytest.raises(NotAllowed):
        acts.save_search(STRANGER, {"q": "frost"})
    with pytest.raises(Invalid):
        save(company, "is:banana after:soon -")
    with pytest.raises(Invalid):
        acts.change_search(company.viewer("fatima"), saved, tells="hourly")
    assert save(company, name="Again").pk == saved.pk
    assert SavedSearch.objects.get().name == "Again"


def test_only_so_many_and_so_long_ones_are_kept(company, monkeypatch):
    with pytest.raises(Invalid, match="too long to keep"):
        save(company, "теплый " * 42)
    monkeypatch.setattr(acts, "MOST", 1)
    save(company)
    assert save(company, name="Again").name == "Again"
    with pytest.raises(Invalid, match="You keep 1 searches"):
        save(company, "coil")


def test_a_name_is_made_of_words_filters_and_scope_but_never_tells_of_a_hidden_space(company):
    named = save(company, "frost", space="heat-pump-engineers", kind="question", solved="1").name
    assert named == "frost · Questions · solved · Heat Pump Engineers"
    assert save(company, "frost", by="priya", space="works-council").name == "frost · works-council"


def test_new_words_that_mean_the_same_are_reckoned_in(company):
    company.question("Coil", topics=["Frost", "Hoar"])
    save(company, "hoar")
    look()
    ines = company.viewer("ines")
    by_name = {topic.name: topic for topic in content.named(["Frost", "Hoar"])}
    content.merge(ines, by_name["Hoar"], by_name["Frost"])
    look()
    jobs.reckon_saved()
    company.question("So much frost")
    assert len(lines(company)) == 1


def test_a_new_item_asks_only_the_few_searches_that_share_its_rarest_word(company):
    company.post("Frost, frost and frost.")
    company.post("Frosty words: " + " ".join(f"word{number} word{number}" for number in range(30)))
    company.post("The same: " + " ".join(f"word{number}" for number in range(30)))
    look()
    statistics.count_words()
    for number in range(30):
        save(company, f"word{number} frost")
    post = company.post("Frost and word7.")
    look()
    assert len(matching.hot.rows(matching.SHARING, matching.Sharing, items=[post.pk])) == 1

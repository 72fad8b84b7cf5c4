"""Linking two questions by hand: who may, what readers see, and how it is undone."""

from html import unescape

import pytest
from django.utils import timezone

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.kinds.questions import acts, reads
from watercooler.kinds.questions.models import Question
from watercooler.projections.experts.similar import similar
from watercooler.projections.search.query import parse
from watercooler.projections.search.reads import find
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import link_many
from watercooler.spine.content.models import Item, Link
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.viewer import build, forget

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(company):
    """Return a question of Noah's, and one that Priya had asked before."""
    return company.question("Frost again?", by="noah"), company.question("Frost on the coil", by="priya")


def caught_up():
    while follow():
        pass


def again(question):
    return Question.objects.select_related("item__space", "item__author").get(pk=question.pk)


def test_whoever_reads_a_question_that_was_asked_before_is_led_to_the_first(company, two, sign_in):
    later, first = two
    page = sign_in(company.noah).get(f"/items/{later.pk}/links")
    assert "Link this question" in page.text
    address = f"https://water.example/q/{first.pk}/frost-on-the-coil?at=3"
    sent = sign_in(company.noah).post(f"/items/{later.pk}/links", {"other": address, "kind": "same"})
    assert (sent.status_code, sent["Location"]) == (302, later.item.url)
    seen = sign_in(company.tomasz).get(later.item.url).text
    assert "This has been asked before:" in seen
    assert f'href="{first.item.url}"' in unescape(seen)
    assert "asked before:" not in sign_in(company.tomasz).get(first.item.url).text
    assert "Asks the same" in sign_in(company.tomasz).get(f"/items/{first.pk}/beside").text
    beside = sign_in(company.priya).get(f"/items/{later.pk}/beside").text
    assert "Link them" not in beside


def test_leading_to_the_first_costs_a_page_no_further_query(company, two, sign_in, count_queries):
    later, first = two
    client = sign_in(company.tomasz)
    acts.link(company.viewer("noah"), later, first, is_same=True)
    client.get(later.item.url)
    with count_queries() as queries:
        assert "This has been asked before:" in client.get(later.item.url).text
    assert len([each for each in queries if not each.lstrip().lower().startswith(("update", "insert"))]) == 2


def test_of_several_a_solved_one_is_led_to(company, two, sign_in):
    later, first = two
    solved = company.question("Coil, frost", by="priya")
    acts.accept(company.viewer("priya"), solved, company.answer(solved, by="tomasz"))
    for other in (first, solved):
        acts.link(company.viewer("noah"), again(later), again(other), is_same=True)
    seen = sign_in(company.tomasz).get(later.item.url).text
    assert f'href="{solved.item.url}"' in unescape(seen)
    assert f'href="{first.item.url}"' not in unescape(seen)


def test_what_leads_to_another_of_the_same_list_is_not_listed_beside_it(company, two):
    later, first = two
    answer = company.answer(later, "Frost needs a zirconium scraper.", by="tomasz")
    caught_up()

    def searched(words: str, by: str = "hassan") -> set[int]:
        return {hit.id for hit in find(company.viewer(by), parse(words), now=timezone.now(), chosen={}).hits}

    def asked_before() -> set[int]:
        return {
            one.id
            for one in similar(company.viewer("hassan"), "question", "Which scraper of zirconium for frost on a coil")
        }

    assert searched("frost again coil") >= {later.pk, first.pk}
    assert asked_before() == {later.pk, first.pk}
    acts.link(company.viewer("noah"), again(later), again(first), is_same=True)
    assert searched("frost again coil") == {first.pk}
    assert asked_before() == {first.pk}
    assert searched("frost again") == {first.pk}
    assert searched("zirconium") == {answer.pk}, "An answer says what the first question's may not."
    assert searched("again") == {later.pk}
    link_many([(first.pk, later.pk, "duplicate", later.item.made_at)])
    acts.mark_same([first.pk])
    assert searched("frost again coil") == {later.pk}, "Of two that lead to each other the older one stays."


def test_what_leads_to_something_hidden_stays(company, two):
    later, _first = two
    hidden = company.question("Frost again in the fridge", by="fatima", space=company.medicines)
    caught_up()
    link_many([(later.pk, hidden.pk, "duplicate", later.item.made_at)])
    acts.mark_same([later.pk])
    words, now = parse("frost again"), timezone.now()
    found = find(company.viewer("noah"), words, now=now, chosen={"kind": "question"})
    assert later.pk in {hit.id for hit in found.hits}
    assert later.pk not in {hit.id for hit in find(company.viewer("fatima"), words, now=now, chosen={}).hits}


def test_what_the_reader_may_not_see_is_not_named(company, two, sign_in):
    later, _first = two
    hidden = company.question("Which dose?", by="fatima", space=company.medicines)
    with pytest.raises(Invalid, match="no such question"):
        acts.link(company.viewer("noah"), later, hidden, is_same=True)
    link_many([(later.pk, hidden.pk, "duplicate", later.item.made_at)])
    acts.mark_same([later.pk])
    seen = sign_in(company.noah).get(later.item.url).text
    assert "Which dose?" not in seen
    assert "asked before:" not in seen
    for page in ("beside", "links"):
        assert "Which dose?" not in sign_in(company.noah).get(f"/items/{later.pk}/{page}").text, page
    assert reads.linked(company.viewer("noah"), later.pk) == []
    assert "Which dose?" in sign_in(company.fatima).get(later.item.url).text
    assert "Which dose?" in sign_in(company.fatima).get(f"/items/{later.pk}/beside").text


def test_who_asked_solved_hosts_or_leads_may_link_and_nobody_else(company, two):
    later, first = two
    for name in ("noah", "hassan", "elena", "ines"):
        acts.link(company.viewer(name), later, first, is_same=False)
        assert acts.unlink(company.viewer(name), again(later), again(first))
    answer = company.answer(later, by="priya")
    with pytest.raises(NotAllowed):
        acts.link(company.viewer("priya"), again(later), first, is_same=True)
    acts.accept(company.viewer("noah"), later, answer)
    assert acts.link(company.viewer("priya"), again(later), first, is_same=True)


def test_who_takes_a_solver_s_old_name_is_not_who_solved(company, two):
    later, first = two
    acts.accept(company.viewer("noah"), later, company.answer(later, by="priya"))
    Person.objects.filter(handle="priya").update(handle="priya2")
    Person.objects.filter(handle="sam").update(handle="priya")
    for person_id in (company.priya.pk, company.sam.pk):
        forget(person_id)
    with pytest.raises(NotAllowed):
        acts.link(build(company.sam.pk), again(later), first, is_same=True)
    assert acts.link(build(company.priya.pk), again(later), first, is_same=True)


def test_a_link_outlives_solving_and_is_undone_with_its_record(company, two):
    later, first = two
    noah = company.viewer("noah")
    assert acts.link(noah, later, first, is_same=True)
    assert not acts.link(noah, again(later), first, is_same=True)
    answer = company.answer(later, by="tomasz")
    acts.accept(noah, again(later), answer)
    assert Item.objects.get(pk=later.pk).card["same"] is True
    acts.unaccept(noah, again(later))
    assert Item.objects.get(pk=later.pk).card == {"solved": False, "same": True}
    assert acts.unlink(noah, again(later), first)
    assert not acts.unlink(noah, again(later), first)
    assert Item.objects.get(pk=later.pk).card == {"solved": False}
    done = Activity.objects.filter(item=later.item, verb="linked").order_by("id")
    assert [act.undoes_id for act in done] == [None, done[0].pk]


def test_related_makes_way_for_the_same_and_no_ring_closes(company, two):
    later, first = two
    noah, hassan = company.viewer("noah"), company.viewer("hassan")
    acts.link(noah, later, first, is_same=False)
    acts.link(noah, again(later), first, is_same=True)
    assert list(Link.objects.values_list("item_id", "other_id", "kind")) == [(later.pk, first.pk, "duplicate")]
    third = company.question("Frost, frost", by="noah")
    acts.link(noah, third, again(later), is_same=True)
    with pytest.raises(Invalid, match="already leads to this one"):
        acts.link(hassan, again(first), again(third), is_same=True)
    with pytest.raises(Invalid, match="the same question"):
        acts.link(noah, again(later), again(later), is_same=True)


def test_nonsense_is_refused_beside_the_field(company, two, sign_in):
    later, _first = two
    for said in ("", "what", "/q/999999", str(later.pk)):
        sent = sign_in(company.noah).post(f"/items/{later.pk}/links", {"other": said, "kind": "same"})
        assert sent.status_code == 422, said
    assert not Link.objects.exists()


def test_what_an_import_linked_is_taken_away_for_good(company, two):
    later, first = two
    link_many([(later.pk, first.pk, "duplicate", later.item.made_at)])
    acts.mark_same([later.pk])
    assert again(later).item.card["same"] is True
    assert acts.unlink(company.viewer("noah"), again(later), again(first))
    assert acts.parted_here([(later.pk, first.pk)]) == {(later.pk, first.pk)}


def test_one_of_those_offered_is_chosen_without_its_address(company, two, sign_in):
    later, first = two
    client = sign_in(company.noah)
    nothing = client.post(f"/items/{later.pk}/links", {"near": "", "other": "", "kind": "same"})
    assert nothing.status_code == 422
    assert "Choose a question, or paste the address of one." in nothing.text
    sent = client.post(f"/items/{later.pk}/links", {"near": str(first.pk), "other": "", "kind": "same"})
    assert (sent.status_code, sent["Location"]) == (302, later.item.url)
    assert "This has been asked before:" in client.get(later.item.url).text

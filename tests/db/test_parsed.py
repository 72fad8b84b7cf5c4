"""What search has parsed serves the experts: the same rows, and no text taken apart twice."""

import pytest
from django.db import connection, transaction

from watercooler.projections.experts.entries import refresh
from watercooler.projections.experts.models import Entry
from watercooler.projections.search.entries import write
from watercooler.projections.search.models import SearchEntry
from watercooler.spine.activity import projections, worker
from watercooler.spine.activity.projections import registered
from watercooler.spine.content import parsed
from watercooler.spine.content.acts import edit
from watercooler.spine.content.models import Item

pytestmark = pytest.mark.django_db
HEAVY = ("search", "experts")


def snapshots():
    return [each.snapshot() for each in registered() if each.name in HEAVY]


def again(company):
    """Throw both tables away and follow anew, in batches of five activities."""
    heavy = [each for each in registered() if each.name in HEAVY]
    with connection.cursor() as cursor:
        for each in heavy:
            each.clear()
        cursor.execute("update activity_cursor set position = 0 where projection = any(%s)", [list(HEAVY)])
    for each in heavy:
        type(each).batch = 5
    try:
        worker.advance_all(heavy)
    finally:
        for each in heavy:
            del type(each).batch
    return snapshots()


@pytest.fixture
def texts(company):
    """Long and short ones, in two languages, with and without titles, edited, and one that lost its words."""
    question = company.question("Why does the coil ice up before defrost?", source="Ice on the <b>fins</b>.")
    company.answer(question, "The heater of the drain had failed. " * 40)
    company.answer(question, "Die Heizung ist nicht mehr warm und der Ablauf ist auch nicht frei.", by="priya")
    company.answer(question, " ".join(f"Valve{n} and gauge{n % 7} of the unit" for n in range(400)), by="hassan")
    company.post("Frost, frost and frost again this morning.")
    article = company.article("Reading superheat", source="Wait at the suction line.")
    edit(company.viewer("tomasz"), article, title="Reading superheat twice", source="Wait for long.", based_on=1)
    worker.follow()
    return question


def test_what_is_lent_makes_the_same_rows(company, texts):
    alone = again(company)
    assert alone[0]["search_searchentry"]
    assert alone[1]["experts_entry"]
    with parsed.lent():
        assert again(company) == alone


def lend(item_id, words):
    with connection.cursor() as cursor:
        cursor.execute("update parsed set body = %s::tsvector where item_id = %s", [words, item_id])


def keys(item_id):
    return set(Entry.objects.get(pk=item_id).keys)


def test_a_text_that_search_has_parsed_is_not_parsed_again(company, texts):
    answer = Item.objects.filter(parent_id=texts.pk).earliest("pk")
    refresh([answer.pk])
    own = keys(answer.pk)
    with parsed.lent():
        write([texts.pk, answer.pk])
        lend(answer.pk, "'lent':1")
        refresh([answer.pk])
        assert keys(answer.pk) != own  # it took what was lent, and did not look at the text
        lend(texts.pk, "'question':1")
        lent = keys(answer.pk)
        refresh([answer.pk])
        assert keys(answer.pk) != lent  # its question too
    refresh([answer.pk])
    assert keys(answer.pk) == own


def test_what_was_parsed_of_an_earlier_text_is_not_taken(company, texts):
    article = Item.objects.get(title="Reading superheat twice")
    with parsed.lent():
        write([article.pk])
        lend(article.pk, "'lent':1")
        edit(company.viewer("tomasz"), article, title="Reading it", source="Now wait no more.", based_on=2)
        refresh([article.pk])
        taken = keys(article.pk)
        write([article.pk])
        assert "lent" not in SearchEntry.objects.get(pk=article.pk).words
    refresh([article.pk])
    assert keys(article.pk) == taken


def test_an_item_touched_twice_is_lent_once_and_room_is_made(company, texts, monkeypatch):
    monkeypatch.setattr(parsed, "MOST", 3)
    ids = list(Item.objects.values_list("pk", flat=True)[:3])
    with parsed.lent(), connection.cursor() as cursor:
        write(ids)
        write(ids[:1])  # one too many: all are forgotten first
        cursor.execute("select count(*) from parsed")
        assert cursor.fetchone()[0] == 1
        monkeypatch.setattr(parsed, "MOST", 9)
        write(ids)
        cursor.execute("select count(*), count(distinct item_id) from parsed")
        assert cursor.fetchone() == (3, 3)


def test_followers_that_stand_together_read_the_record_once_a_batch(company, texts, count_queries, monkeypatch):
    again(company)
    heavy = [each for each in registered() if each.name in HEAVY]
    for each in heavy:
        monkeypatch.setattr(type(each), "batch", 5)
    monkeypatch.setattr(projections, "FEW", 2)
    with connection.cursor() as cursor:
        cursor.execute("update activity_cursor set position = 0 where projection = any(%s)", [list(HEAVY)])
        cursor.execute("select count(*) from activity_activity where position is not null")
        [activities] = cursor.fetchone()
    with count_queries() as queries:
        worker.advance_all(heavy)
    reads = [sql for sql in queries if "order by a.position limit" in sql]
    assert len(reads) == activities // 5 + 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_it(company):
    with parsed.lent(), transaction.atomic():
        assert parsed.is_lent()
    assert not parsed.is_lent()
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('pg_temp.parsed')")
        assert cursor.fetchone() == (None,)

"""Words as they were meant, languages as they are written, and rarity from what everybody may read."""

from html import unescape

import pytest

from watercooler.foundation.base.language import detect
from watercooler.projections.search import statistics
from watercooler.projections.search.models import SearchEntry, SearchWord
from watercooler.projections.search.query import as_words, parse, telling
from watercooler.projections.search.spelling import endings, is_known, meant
from watercooler.spine.activity.worker import follow

KNOWN = {"hygien": 40, "defrost": 12, "frost": 90, "histori": 9, "boiler": 30}


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("hygeine", "hygiene"),
        ("defrots", "defrost"),
        ("boyler", "boiler"),
        ("frosst", "frost"),
        ("history", ""),
        ("boilers", ""),
        ("xyz", ""),
        ("quetzalcoatl", ""),
        ("e1043", ""),
        ("a" * 5000, ""),
    ],
)
def test_one_slip_is_mended_and_known_words_are_left_alone(typed, wanted):
    assert meant(typed, KNOWN) == wanted


def test_what_begins_like_a_known_word_is_no_word():
    common = {"four": 90, "pump": 80, "ice": 70, "bomb": 9, "cook": 8}
    english = endings(["en", "de"])
    for nonsense in ("sourdoh", "pompa", "ciep\u0142a", "icebla"):
        assert meant(nonsense, common, ends=english) == "", nonsense
    assert meant("cookign", common, forms=[("cookign",)], ends=english) == "cooking"
    assert meant("histroy", KNOWN, ends=english) == "history"
    assert meant("bonba", common, ends=english) == ""
    assert meant("bonba", common, ends=endings(["en", "es"])) == "bomba"


def test_stems_make_their_words_known():
    assert is_known("history", KNOWN)
    assert is_known("boilers", KNOWN)
    assert not is_known("boyler", KNOWN)
    assert is_known("guinness", {"guin": 40, "guinn": 3})


def test_a_word_is_known_by_its_own_stems_where_these_were_asked_for():
    assert meant("defrostt", KNOWN) == "", "Its beginning is known, and that might be its stem."
    assert meant("defrostt", KNOWN, forms=[("defrostt",)]) == "defrost"
    assert meant("boilers", KNOWN, forms=[("boiler",), ("boilers",)]) == ""
    assert not is_known("frosts", KNOWN, [("frosts",)])


def test_what_was_meant_is_worked_out_once():
    kept = {}
    assert meant("hygeine", KNOWN, kept) == "hygiene"
    assert meant("hygeine", {}, kept) == "hygiene"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How do I reset the heat pump when it has locked out?", "en"),
        ("Wie kann ich die Wärmepumpe zurücksetzen, wenn sie nicht läuft?", "de"),
        ("Comment est-ce que je peux redémarrer la pompe avec le bouton ?", "fr"),
        ("¿Cómo se puede reiniciar la bomba con el botón que está en los cuadros?", "es"),
        ("Hoe kan ik de warmtepomp met het knopje aan zetten als dat niet werkt?", "nl"),
        ("Não é possível reiniciar a bomba, mas você pode chamar o técnico com isso.", "pt"),
        ("Come si può riavviare la pompa? Non è possibile con il pulsante della scheda.", "it"),
        ("Hur kan jag starta om pumpen när det inte finns någon ström och den är av?", "sv"),
        ("Jak można uruchomić pompę, jeżeli nie ma prądu i co to jest za przycisk na ścianie?", "pl"),
        ("E-1043", ""),
        ("", ""),
    ],
)
def test_the_language_is_told_from_small_words(text, language):
    assert detect(text) == language


def test_reading_what_was_typed():
    query = parse('"low pressure" lockout -boiler -"no heat" E-1043 solved:yes in:"Heat pumps"')
    assert query.phrases == ["low pressure"]
    assert query.excluded == ["no heat", "boiler"]
    assert query.terms == ["low", "pressure", "lockout", "e-1043"]
    assert query.filters == {"is": "solved", "in": "heat pumps"}
    assert as_words('say "when" - or in:time').terms == ["say", "when", "or", "in", "time"]


def test_a_long_text_is_asked_for_by_its_most_telling_words():
    words, often = telling(["the"] * 50 + ["superheat"] * 3 + [f"w{n}" for n in range(300)])
    assert len(words) == 60
    assert often[words.index("superheat")] == 3


@pytest.fixture
def counted(company):
    for number in range(3):
        company.article(f"Hygiene {number}", source="Wash the trays and the moulds.")
        company.article(f"Opiates {number}", by="fatima", space=company.medicines, source="Morphine is locked away.")
    company.article("Wärmepumpe", source="Die Wärmepumpen sind nicht laut, und das ist für die Häuser gut.")
    follow()
    yield statistics.count_words()
    statistics.forget()


@pytest.mark.django_db
def test_only_what_everybody_may_read_is_counted(counted):
    assert SearchWord.objects.get(word="hygien").items == 3
    assert not SearchWord.objects.filter(word__startswith="morphin").exists()
    assert counted == 4


@pytest.mark.django_db
def test_a_slip_is_asked_about_and_found_all_the_same(counted, company, sign_in):
    html = sign_in(company.priya).get("/search", {"q": "hygeine trays"}).content.decode()
    assert "Did you mean" in html
    assert "q=hygiene+trays" in html
    assert "<mark>trays</mark>" in html
    hidden = sign_in(company.priya).get("/search", {"q": "morphien"}).content.decode()
    assert "Did you mean" not in hidden


@pytest.mark.django_db
def test_a_letter_too_many_at_the_end_is_a_slip_too(counted, company, sign_in):
    for slip in ("trayss", "mouldds", "hygienee"):
        html = sign_in(company.priya).get("/search", {"q": slip}).content.decode()
        assert "Did you mean" in html, slip
    assert "Did you mean" not in sign_in(company.priya).get("/search", {"q": "tray moulding"}).content.decode()


@pytest.mark.django_db
def test_words_are_stemmed_in_their_own_language(counted, company, sign_in):
    html = sign_in(company.priya).get("/search", {"q": "wärmepumpe häusern"}).content.decode()
    assert "rmepumpe</mark></a>" in html


@pytest.mark.django_db
def test_small_words_of_one_language_are_no_rare_words_of_another(company, sign_in):
    company.question("Woher kommt das Quietschen der Bremse?", source="Sie ist nass und nicht zu hören, wie auch.")
    company.question("Where does the squeak come from?", source="It is wet and not to be heard, and that is that.")
    while follow():
        pass
    statistics.count_words()
    html = sign_in(company.priya).get("/search", {"q": "wie ist das mit der Bremse"}).content.decode()
    assert "Bremse</mark>" in html


@pytest.mark.django_db
def test_small_words_are_never_mended(company, sign_in):
    for number in range(3):
        company.question(f"Which hour suits you, {number}?", source="The hour of the diet.")
    while follow():
        pass
    statistics.count_words()
    html = sign_in(company.priya).get("/search", {"q": "your diet"}).content.decode()
    assert "Did you mean" not in html
    assert "diet" in html


@pytest.mark.django_db
def test_what_has_no_title_is_marked_with_its_most_repeated_words(company):
    post = company.post("Frost, frost and frost again. The canteen opens at nine.")
    while follow():
        pass
    assert "'=frost'" in str(SearchEntry.objects.values_list("words", flat=True).get(item=post))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "source", "size"),
    [
        ("Frost", "Frost, frost and once more frost.", 3 + 3),
        ("Frost on the pipes", "", 2 * 3),
        ("The", "All of this", 0),
        ("Frost", "frost pipe " * 100, 3 + 200),
    ],
)
def test_a_text_is_as_long_as_its_words_are_many(company, title, source, size):
    """Repeated ones count each time, small ones never, those of a title three times: as much as they weigh."""
    article = company.article(title, source=source or "-")
    follow()
    assert SearchEntry.objects.get(pk=article.pk).size == size


@pytest.mark.django_db
def test_very_common_beginnings_are_suggested_from_the_newest(counted, company, sign_in, monkeypatch):
    from watercooler.projections.search import sql

    monkeypatch.setattr(sql, "MANY_BEGUN", 0.2)
    monkeypatch.setattr(sql, "FEW_BEGUN", 1)
    assert statistics.kept().beginning_with("hyg") == 3
    found = sign_in(company.priya).get("/search/suggest", {"q": "hyg"}).json()["results"]
    assert [thing["title"] for thing in found if thing["kind"] == "article"] == ["Hygiene 2"]


@pytest.mark.django_db
def test_a_question_pasted_whole_is_looked_for(counted, company, sign_in):
    words = " ".join(f"word{number} hygiene{number} trays moulds" for number in range(200))
    html = sign_in(company.priya).get("/search", {"q": f"hygiene trays {words}", "kind": "article"}).content.decode()
    assert "Hygiene" in html


@pytest.mark.django_db
def test_a_very_common_word_is_looked_for_among_the_newest(company, sign_in, monkeypatch):
    """The numbers of three articles lie blocks apart; a third of all is looked through."""
    from django.db import connection

    from watercooler.projections.search import plain, sql

    articles = []
    for number in range(3):
        articles.append(company.article(f"Hygiene {number}", source="Wash the trays."))
        with connection.cursor() as cursor:
            cursor.execute("select setval(pg_get_serial_sequence('content_item', 'id'), %s)", [articles[-1].pk + 5000])
    while follow():
        pass
    statistics.count_words()
    SearchWord.objects.create(word="=hygien", items=3)
    statistics.forget()

    def found():
        sql.finding.cache_clear()
        plain.finding.cache_clear()
        html = unescape(sign_in(company.priya).get("/search", {"q": "hygiene"}).content.decode())
        return [article.title for article in articles if f"/a/{article.pk}/" in html]

    assert found() == ["Hygiene 0", "Hygiene 1", "Hygiene 2"]
    for name, value in {"COMMON": 0, "NEWEST": 1, "FEW": 0}.items():
        monkeypatch.setattr(sql, name, value)
    assert found() == ["Hygiene 2"]
    monkeypatch.undo()
    sql.finding.cache_clear()
    plain.finding.cache_clear()


@pytest.mark.django_db
def test_a_word_whose_stem_is_far_shorter_is_no_slip_of_somebodys_typo(company, sign_in):
    for title in ("Linearization of the valve", "Linearization again", "Linearizarion", "Linearizarion too"):
        company.article(title)
    follow()
    statistics.count_words()
    page = sign_in(company.noah).get("/search", {"q": "linearization"}).content.decode()
    assert "Linearization of the valve" in unescape(page).replace("<mark>", "").replace("</mark>", "")
    assert "Did you mean" not in page
    assert "Did you mean" in sign_in(company.noah).get("/search", {"q": "linearizaron"}).content.decode()

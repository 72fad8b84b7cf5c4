"""A directory comes in from tables: columns understood, lines drawn, leavers closed, private facts left outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from watercooler.doors.importing.models import Counterpart
from watercooler.doors.importing.people import lines
from watercooler.doors.importing.people.adventureworks import level_path
from watercooler.doors.importing.people.columns import day, field_of, private_sort, private_values
from watercooler.doors.importing.people.load import bring
from watercooler.doors.importing.people.names import FIELDS, PRIVATE
from watercooler.doors.importing.people.sources import Told, mapping_said, source
from watercooler.foundation.base.errors import Invalid, NotAllowed, Refused
from watercooler.spine.activity.models import Activity
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space

STAFF = """Employee ID,First name,Surname,E-mail,Job title,Department,Office,Manager,Date of birth,Salary,Start date
1,Ada,Byrne,ada@kiln.example,Director,Board,Leeds,,1970-01-01,90000,2012-03-01
2,Noor,Haddad,noor@kiln.example,Head of kilns,Kilns,Leeds,1,1980-02-02,60000,2015-05-05
3,Jun,Park,,Kiln hand,Kilns,Bristol,2,1999-03-03,30000,2024-01-08
"""


def _file(folder: Path, text: str | bytes, name: str = "staff.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.fixture
def bring_in(company, tmp_path):
    def into(text: str | bytes, name: str = "staff.csv", told: Told | None = None, **how):
        path = text if isinstance(text, Path) else _file(tmp_path, text, name)
        return bring(company.viewer("ines"), source(path, told or Told()), **how)

    return into


def _imported() -> dict[str, Person]:
    people = Person.objects.filter(is_imported=True).select_related("manager", "site", "unit")
    return {person.name: person for person in people}


def test_a_file_with_a_header_becomes_people_with_walls_sites_units_and_lines(bring_in):
    report = bring_in(STAFF)
    people = _imported()
    assert set(people) == {"Ada Byrne", "Noor Haddad", "Jun Park"}
    jun = people["Jun Park"]
    assert (jun.job, jun.unit.name, jun.site.name, jun.email) == ("Kiln hand", "Kilns", "Bristol", "")
    assert jun.manager == people["Noor Haddad"]
    assert people["Noor Haddad"].manager == people["Ada Byrne"]
    assert jun.joined_at.date().isoformat() == "2024-01-08"
    assert Space.objects.filter(owner=jun, purpose="wall").count() == 1
    assert report.lines["people"].loaded == 3
    assert all(line.is_accounted_for for line in report.lines.values())


def test_who_was_imported_has_no_password_and_the_record_notifies_nobody(bring_in):
    bring_in(STAFF)
    assert not any(person.has_usable_password() for person in _imported().values())
    added = Activity.objects.filter(verb="added_person", person__is_imported=True)
    assert added.count() == 3
    assert all(each.is_imported for each in added)


def test_private_columns_stay_outside_and_are_named(bring_in):
    report = bring_in(STAFF)
    assert "Date of birth (birth date), Salary (pay)" in "\n".join(report.notes)
    assert not any("1999-03-03" in str(vars(person)) for person in _imported().values())


@pytest.mark.parametrize("said", [{"job": "Salary"}, {"id": "date of birth"}])
def test_a_private_column_is_refused_unless_it_is_taken_by_name(bring_in, said):
    with pytest.raises(NotAllowed, match="private facts"):
        bring_in(STAFF, told=Told(map=said))
    bring_in(STAFF, told=Told(map=said, take=list(said.values())))
    assert _imported()


def test_a_private_column_without_a_place_is_no_use(bring_in):
    with pytest.raises(Invalid, match="no place"):
        bring_in(STAFF, told=Told(take=["Salary"]))


def test_a_second_run_changes_nothing(bring_in):
    bring_in(STAFF)
    before = list(Person.objects.order_by("pk").values()), Activity.objects.count(), Counterpart.objects.count()
    report = bring_in(STAFF)
    assert before == (
        list(Person.objects.order_by("pk").values()),
        Activity.objects.count(),
        Counterpart.objects.count(),
    )
    assert (report.lines["people"].known, report.lines["people"].loaded) == (3, 0)
    assert (report.lines["reporting lines"].known, report.lines["reporting lines"].loaded) == (2, 0)


def test_a_dry_run_says_the_same_and_writes_nothing(bring_in):
    report = bring_in(STAFF, is_dry=True)
    assert report.lines["people"].loaded == 3
    assert not _imported()
    assert not Counterpart.objects.exists()


def test_a_second_run_updates_what_changed(bring_in):
    bring_in(STAFF)
    report = bring_in(
        STAFF.replace("Jun,Park,,Kiln hand,Kilns,Bristol,2", "Jun,Park,jun@kiln.example,Lead hand,Glaze,Leeds,1")
    )
    jun = _imported()["Jun Park"]
    assert (jun.job, jun.unit.name, jun.site.name, jun.email) == ("Lead hand", "Glaze", "Leeds", "jun@kiln.example")
    assert jun.manager.name == "Ada Byrne"
    assert report.lines["people"].updated == 1
    assert Space.objects.get(owner=jun, purpose="wall").name == "Jun Park"


def test_somebody_missing_from_a_full_file_has_left_and_their_words_stay(bring_in, company):
    bring_in(STAFF)
    without = "\n".join(line for line in STAFF.splitlines() if not line.startswith("3,"))
    bring_in(without)
    assert _imported()["Jun Park"].is_active
    bring_in(without, is_full=True)
    assert not _imported()["Jun Park"].is_active
    company.noah.refresh_from_db()
    assert company.noah.is_active, "Only whom this directory held before has left it."
    bring_in(STAFF, is_full=True)
    assert _imported()["Jun Park"].is_active


def test_an_account_that_an_administrator_closed_is_not_opened_again(bring_in):
    bring_in(STAFF)
    Person.objects.filter(name="Jun Park").update(is_active=False)
    bring_in(STAFF)
    assert not _imported()["Jun Park"].is_active


def test_an_end_date_or_a_flag_closes_the_account(bring_in):
    bring_in("id,name,end date,active\n1,Ada Byrne,2019-01-31,1\n2,Noor Haddad,,0\n3,Jun Park,,1\n")
    assert {name: person.is_active for name, person in _imported().items()} == {
        "Ada Byrne": False,
        "Noor Haddad": False,
        "Jun Park": True,
    }


def test_a_ring_is_refused_with_the_names_and_everything_else_loads(bring_in):
    report = bring_in("id,name,manager\n1,Ada,3\n2,Noor,1\n3,Jun,2\n4,Lee,1\n5,Kai,5\n")
    people = _imported()
    assert len(people) == 5
    assert people["Lee"].manager == people["Ada"]
    assert [name for name, person in people.items() if person.manager] == ["Lee"]
    said = "\n".join(map(str, report.problems))
    assert "Ada → Jun → Noor → Ada" in said
    assert "Kai → Kai" in said
    assert report.lines["reporting lines"].left_out["in a ring"] == 4


def test_a_ring_with_lines_that_are_here_is_refused_too(bring_in, company):
    Person.objects.filter(pk=company.ruth.pk).update(manager=company.noah)
    report = bring_in("email,name,manager\nnoah@fernway.example,Noah Whitfield,ruth@fernway.example\n")
    company.noah.refresh_from_db()
    assert company.noah.manager.handle == "tomasz"
    assert "in a ring" in report.lines["reporting lines"].left_out


@pytest.mark.parametrize("manager", ["2", "noor@kiln.example", "Noor Haddad", "Haddad, Noor", "NOOR HADDAD"])
def test_a_manager_is_meant_by_number_address_or_name(bring_in, manager):
    said = f'"{manager}"'
    bring_in(f"id,name,email,manager\n1,Jun Park,,{said}\n2,Noor Haddad,noor@kiln.example,\n")
    assert _imported()["Jun Park"].manager.name == "Noor Haddad"


def test_a_manager_nobody_is_called_is_told_and_left_as_it_was(bring_in):
    bring_in("id,name,manager\n1,Ada,\n2,Jun,1\n")
    report = bring_in("id,name,manager\n1,Ada,\n2,Jun,Addah\n")
    assert _imported()["Jun"].manager.name == "Ada"
    assert "line 3, manager: “Addah” of Jun: nobody" in str(report.problems[0])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (STAFF.replace(",", ";").encode(), 3),
        (STAFF.replace(",", "\t").encode(), 3),
        (("\ufeff" + STAFF).encode(), 3),
        (STAFF.encode("utf-16"), 3),
        (STAFF.encode("utf-16-le"), 3),
        (STAFF.replace("\n", "\r\n").encode(), 3),
        (STAFF.replace("Byrne", "Bürne").encode("cp1252"), 3),
    ],
)
def test_separators_and_encodings_are_recognised(bring_in, text, words):
    bring_in(text)
    people = _imported()
    assert len(people) == words
    assert any(name.endswith(("Byrne", "Bürne")) for name in people)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04" + b"x" * 100, "spreadsheet"),
        (b"id,name\n1,Ada\x00\x01\x02", "not a text file"),
        (b"id,name,email\n1,Ada,\n2,\xff\xfeNoor\n" + b"3,\x81\x8d\n", "cp1252"),
        (b'id,name,manager\n1,"Ada,\n2,Jun,1\n', "quotation mark"),
        (b"id,name,manager\n1," + b"x" * 30_000 + b",\n", "20,000 characters"),
        (b"id,name,manager\n1," + b"x" * 1_100_000 + b",\n", "1,000,000 characters"),
        (b"blue,green\n1,2\n3,4\n", "people’s names"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(bring_in, text, sentence):
    with pytest.raises(Refused, match=sentence):
        bring_in(text)
    assert not _imported()


def test_broken_rows_are_named_and_the_others_load(bring_in):
    report = bring_in(
        "id,name,email,start date\n1,Ada,no address,\n2,,,\n3,Jun,,31.31.2020\n3,Jun again,,\n4,Kai,,,,9\n"
    )
    assert set(_imported()) == {"Ada", "Jun"}
    said = "\n".join(map(str, report.problems))
    assert "staff.csv, line 2, email: this is no address" in said
    assert "staff.csv, line 3, name: empty" in said
    assert "line 4, starts_on: this is no date" in said
    assert "line 5, id: “3” was there before" in said
    assert "line 6: 6 fields where there are 4 columns" in said
    assert report.lines["people"].is_accounted_for


def test_two_people_with_one_address_keep_one_of_them_reachable(bring_in):
    report = bring_in("id,name,email\n1,Ada,one@kiln.example\n2,Jun,ONE@kiln.example\n3,Kai,noah@fernway.example\n")
    people = _imported()
    assert people["Ada"].email == "one@kiln.example"
    assert people["Jun"].email == ""
    assert "Kai" not in people, "Noah's address is Noah: he is updated, not made twice."
    assert Person.objects.get(handle="noah").name == "Kai"
    assert len(report.problems) == 1


def test_handles_come_from_log_in_address_or_name_and_are_never_taken_twice(bring_in):
    bring_in(
        "id,name,login,email\n1,Łukasz Żółw,,\n2,Ada Byrne,KILN\\ABYRNE,\n3,Ada Byrne,,abyrne@kiln.example\n"
        "4,李雷,,\n5,Noah Someone,noah,\n"
    )
    handles = Person.objects.filter(is_imported=True).values_list("handle", flat=True)
    assert set(handles) == {"lukasz.zolw", "abyrne", "abyrne-2", "person-4", "noah-2"}


def test_a_file_without_a_header_is_understood_by_its_values(bring_in):
    bring_in(
        "7\tAda Byrne\tada@kiln.example\t\n8\tJun Park\tjun@kiln.example\t7\n"
        "9\tKai Berg\tkai@kiln.example\t8\n10\tLi Wu\tli@kiln.example\t8\n",
        "staff.tsv",
    )
    people = _imported()
    assert people["Li Wu"].manager.name == "Jun Park"
    assert people["Ada Byrne"].email == "ada@kiln.example"


def test_headers_of_other_languages_are_understood(bring_in):
    bring_in(
        "Personalnummer;Vorname;Nachname;E-Mail-Adresse;Stellenbezeichnung;Abteilung;Standort;Vorgesetzter;Geburtsdatum\n"
        "1;Jürgen;Groß;j@kiln.example;Brennmeister;Öfen;Köln;;1970-01-01\n2;Uta;Klein;u@kiln.example;Töpferin;Öfen;Köln;1;\n"
    )
    uta = _imported()["Uta Klein"]
    assert (uta.job, uta.unit.name, uta.site.name, uta.manager.name) == ("Töpferin", "Öfen", "Köln", "Jürgen Groß")


def test_no_name_is_both_a_field_and_private():
    fields = {name for names in FIELDS.values() for name in names.split()}
    private = {name for names in PRIVATE.values() for name in names.split()}
    assert not {name for name in fields if private_sort(name)}
    assert all(private_sort(name) for name in private)
    assert field_of("Line manager") == "manager"
    assert private_sort("Geburts-Datum") == "birth date"


def test_private_facts_are_known_by_their_look():
    assert private_values(["DE89370400440532013000", "GB82 WEST 1234 5698 7654 32"]) == "bank"
    assert private_values(["123-45-6789", "987-65-4321"]) == "national number"
    assert private_values(["Leeds", "Bristol"]) is None


def test_a_mapping_is_said_in_a_line_or_a_file(tmp_path):
    assert mapping_said("name=Full name,manager=Boss") == {"name": "Full name", "manager": "Boss"}
    path = _file(tmp_path, "# who\nname = Full name\nmanager = Boss\n", "map.txt")
    assert mapping_said(str(path)) == {"name": "Full name", "manager": "Boss"}
    with pytest.raises(Invalid):
        mapping_said("name")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2020-02-03", "2020-02-03"),
        ("03.02.2020", "2020-02-03"),
        ("31/12/2020", "2020-12-31"),
        ("12/31/2020", "2020-12-31"),
        ("2014-06-30 00:00:00.000", "2014-06-30"),
    ],
)
def test_days_are_read_as_people_write_them(said, meant):
    assert day(said).isoformat() == meant


def test_hierarchy_paths_are_read():
    assert level_path("") == ()
    assert level_path("58") == ((1,),)
    assert level_path("5AC0") == ((1,), (1,))
    assert level_path("0x5AD6") == ((1,), (1,), (1,))
    with pytest.raises(ValueError, match="no hierarchy path"):
        level_path("FFFF")


def test_rings_are_found_wherever_one_begins():
    assert lines.cycles({1: 2, 2: 3, 3: None, 4: 5, 5: 6, 6: 5, 7: 7}) == [[5, 6], [7]]


def test_related_tables_are_joined_by_their_key_columns(bring_in, tmp_path):
    folder = tmp_path / "hr"
    folder.mkdir()
    _file(
        folder,
        "employee_id,first_name,last_name,email,salary,manager_id,department_id,job_id\n1,Ada,Byrne,ABYRNE,9,,10,D\n2,Jun,Park,JPARK,3,1,20,K\n",
        "employees.csv",
    )
    _file(
        folder, "department_id,department_name,manager_id,location_id\n10,Board,1,5\n20,Kilns,1,6\n", "departments.csv"
    )
    _file(folder, "location_id,city,country_id\n5,Leeds,GB\n6,Gdynia,PL\n", "locations.csv")
    _file(folder, "country_id,country_name\nGB,United Kingdom\nPL,Poland\n", "countries.csv")
    _file(folder, "job_id,job_title,min_salary\nD,Director,1\nK,Kiln hand,1\n", "jobs.csv")
    _file(folder, "employee_id,start_date,job_id\n2,2001-01-01,K\n2,2003-01-01,K\n", "job_history.csv")
    report = bring_in(folder)
    jun = _imported()["Jun Park"]
    assert (jun.job, jun.unit.name, jun.site.name, jun.site.town) == ("Kiln hand", "Kilns", "Gdynia", "Gdynia, Poland")
    assert jun.manager.name == "Ada Byrne"
    assert jun.handle == "jpark"
    assert any("job_history.csv" in note for note in report.notes)

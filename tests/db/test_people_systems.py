"""Directories as other systems of record export them: their names for columns, dates, managers and leavers."""

from __future__ import annotations

from datetime import date

import pytest

from watercooler.doors.importing.people.load import bring
from watercooler.doors.importing.people.sources import Told, source
from watercooler.spine.people.models import Person


@pytest.fixture
def bring_in(company, tmp_path):
    def into(text: str | bytes, name: str = "staff.csv", **how):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return bring(company.viewer("ines"), source(path, Told()), **how)

    return into


def _people() -> dict[str, Person]:
    people = Person.objects.filter(is_imported=True).select_related("manager", "site", "unit")
    return {person.name: person for person in people}


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (
            "Employee ID,Worker,Business Title,Primary Work Email,Manager,Manager - Employee ID,Hire Date",
            ["007,Ada Byrne,Head,ada@kiln.example,,,03/25/2012", "008,Noor Haddad,Hand,,Ada Byrne (007),7,04/02/2019"],
        ),
        (
            "Employee #;Last name, First name;Job Title;Work Email;Reporting to;Hire Date",
            ["1;Byrne, Ada;Head;ada@kiln.example;;25 Mar 2012", "2;Haddad, Noor;Hand;;Byrne, Ada;2 Apr 2019"],
        ),
        (
            "Personalnr.;Vorname;Nachname;Stelle;Vorgesetzter (E-Mail);E-Mail (geschäftlich);Eintrittsdatum",
            ["1;Ada;Byrne;Head;;ada@kiln.example;25.03.2012", "2;Noor;Haddad;Hand;ADA@kiln.example;;2. April 2019"],
        ),
        (
            "Matricule;Nom;Prénom;Intitulé du poste;E-mail professionnel;Responsable hiérarchique;Date d'embauche",
            ["1;BYRNE;Ada;Head;ada@kiln.example;;25 mars 2012", "2;Haddad;Noor;Hand;;Byrne Ada;2 avr. 2019"],
        ),
        (
            "PERSON_NUMBER\tDISPLAY_NAME\tJOB_NAME\tWORK_EMAIL\tMANAGER_PERSON_NUMBER\tHIRE_DATE",
            ["1\tAda Byrne\tHead\tada@kiln.example\t\t2012/03/25", "2\tNoor Haddad\tHand\t\t1.0\t43557"],
        ),
        (
            "Pers.No.|First name|Last name|Position|E-Mail Address|Chief|Entry Date",
            ["00000001|Ada|Byrne|Head|ada@kiln.example||20120325", "00000002|Noor|Haddad|Hand||1|20190402"],
        ),
        (
            "displayName,userPrincipalName,mail,jobTitle,manager,employeeHireDate",
            [
                "Ada Byrne,ada,ada@kiln.example,Head,,2012-03-25T00:00:00Z",
                'Noor Haddad,noor,,Hand,"CN=Ada Byrne,OU=Kilns,DC=kiln",2019-04-02T00:00:00Z',
            ],
        ),
    ],
    ids=["workday", "bamboohr", "personio", "french", "oracle", "sap", "entra"],
)
def test_what_systems_export_comes_in_whole(bring_in, header, rows):
    report = bring_in("\r\n".join([header.replace(", ", "\0") if ";" in header else header, *rows]).replace("\0", ", "))
    people = {name.casefold(): person for name, person in _people().items()}
    assert set(people) == {"ada byrne", "noor haddad"}, report.table()
    ada, noor = people["ada byrne"], people["noor haddad"]
    assert (ada.email, ada.job, noor.job) == ("ada@kiln.example", "Head", "Hand")
    assert noor.manager == ada
    assert [person.joined_at.date() for person in (ada, noor)] == [date(2012, 3, 25), date(2019, 4, 2)]
    assert not report.problem_count, report.table()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_file_that_names_its_separator_is_read_by_it_in_any_encoding(bring_in, encoding):
    text = 'sep=;\r\nName;Stelle;Standort\r\n"Zoë Größe";"Töpfer,\r\nleitend";Köln\r\nJun Park;Hand;Köln\r\n'
    bring_in(text.encode(encoding))
    people = _people()
    assert set(people) == {"Zoë Größe", "Jun Park"}
    assert people["Zoë Größe"].job == "Töpfer, leitend"
    assert people["Jun Park"].site.name == "Köln"


def test_a_report_s_title_above_the_columns_is_passed_over(bring_in):
    bring_in("All workers\n\nRun on 3 March\nName,Job title,E-mail\nAda Byrne,Head,ada@kiln.example\n")
    assert set(_people()) == {"Ada Byrne"}


def test_leavers_by_status_by_date_and_by_a_column_of_their_own(bring_in):
    bring_in(
        "ID,Name,Worker Status,Leaver,Leaving date\n1,Ada Byrne,Active,No,\n2,Jun Park,Terminated - voluntary,,\n"
        "3,Noor Haddad,Active,Yes,\n4,Mia Holm,Active,,01/02/2020\n5,Per Dahl,Active,,31/12/2199\n"
    )
    assert {name for name, person in _people().items() if person.is_active} == {"Ada Byrne", "Per Dahl"}


def test_a_nickname_is_no_name_where_there_is_another(bring_in):
    bring_in("ID,First Name,Last Name,Preferred Name\n1,Adelaide,Byrne,Ada\n2,Jun,Park,\n")
    assert set(_people()) == {"Adelaide Byrne", "Jun Park"}


def test_a_manager_whom_two_may_be_is_told_and_not_guessed(bring_in):
    report = bring_in("ID,Name,Manager\n1,Ada Byrne,\n2,Ada Byrne,\n3,Jun Park,Byrne Ada\n4,Mia Holm,Jun  Park (9)\n")
    assert _people()["Jun Park"].manager is None
    assert _people()["Mia Holm"].manager.name == "Jun Park"
    assert [str(problem) for problem in report.problems] == [
        "staff.csv, line 4, manager: “Byrne Ada” of Jun Park: nobody in the file is called this"
    ]


@pytest.mark.parametrize(("number", "column"), [("22", "ManagerName"), ("0010", "ManagerID")])
def test_managers_numbered_apart_from_people_are_found_by_name(bring_in, tmp_path, number, column):
    people = '"Byrne, Ada",10,,\n"Haddad, Noor",11,Ada Byrne,' + number
    bring_in(f"Employee_Name,EmpID,ManagerName,ManagerID\n{people}\n")
    assert _people()["Noor Haddad"].manager.name == "Ada Byrne"
    assert source(tmp_path / "staff.csv", Told()).mapping.of["manager"] == column


def test_american_dates_are_american_all_through_a_file(bring_in):
    bring_in("ID,Name,Hire Date\n1,Ada Byrne,03/04/2019\n2,Jun Park,03/25/2019\n")
    assert _people()["Ada Byrne"].joined_at.date() == date(2019, 3, 4)

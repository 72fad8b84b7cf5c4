"""The AdventureWorks sample's own table of people, as its script loads it: wide characters, +| and &| as marks."""

from __future__ import annotations

import codecs

import pytest

from watercooler.doors.importing.people.load import bring
from watercooler.doors.importing.people.sources import Told, source
from watercooler.spine.people.models import Person

pytestmark = pytest.mark.django_db
DAY = "2009-01-14"
EMPLOYEES = [
    [1, "295847284", "adventure-works\\zora0", "", "", "Chief Executive", "1969-01-29", "S", "F", DAY, 1, 99, 69, 1],
    [2, "245797967", "adventure-works\\teo0", "58", 1, "Kiln Master", "1971-08-01", "S", "M", DAY, 1, 1, 20, 1],
    [3, "509647174", "adventure-works\\jun0", "5AC0", 2, "Kiln Hand", "1974-11-12", "M", "M", DAY, 0, 2, 21, 1],
]
XML = '<Survey xmlns="http://example.org/survey">\n\t<Salary>42000</Salary>\n</Survey>'
# BusinessEntityID, PersonType, NameStyle, Title, FirstName, MiddleName, LastName, Suffix, EmailPromotion,
# AdditionalContactInfo, Demographics, rowguid, ModifiedDate
PEOPLE = [
    [1, "EM", 0, "Ms.", "Zora", "J", "Ståhl", "", 0, "", XML, "{92C4279F}", DAY],
    [2, "EM", 0, "", "Teo", "", "O\u2019Brien", "Jr.", 1, "", "", "{D8763459}", DAY],
    [3, "EM", 0, "", "Jun", "", "朴", "", 0, "", XML, "{E1A2555E}", DAY],
    [4, "IN", 0, "", "Some", "", "Customer", "", 0, "", XML, "{F2D7CE06}", DAY],
]
ADDRESSES = [[1, 1, "zora0@adventure.example", "{8A1901E4}", DAY], [2, 2, "teo0@adventure.example", "{B5FF9EFD}", DAY]]


def marked(rows):
    """Return rows as the sample's script loads them: UTF-16 with a mark."""
    text = "".join("+|".join(map(str, row)) + "&|\r\n" for row in rows)
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le")


def tabbed(rows):
    return "".join("\t".join(map(str, row)) + "\n" for row in rows).encode()


@pytest.fixture
def folder(tmp_path):
    rows = [[*row, "{GUID}", DAY] for row in EMPLOYEES]
    (tmp_path / "Employee.csv").write_bytes(tabbed(rows))
    (tmp_path / "Department.csv").write_bytes(tabbed([[1, "Kilns", "Making", DAY]]))
    history = [[n, 1, 1, DAY, "", DAY] for n in (1, 2, 3)]
    (tmp_path / "EmployeeDepartmentHistory.csv").write_bytes(tabbed(history))
    (tmp_path / "Person.csv").write_bytes(marked(PEOPLE))
    (tmp_path / "EmailAddress.csv").write_bytes(marked(ADDRESSES))
    return tmp_path


def test_names_and_addresses_come_from_the_tables_of_people(company, folder):
    report = bring(company.viewer("ines"), source(folder, Told()))
    people = {p.name: p for p in Person.objects.filter(is_imported=True).select_related("manager", "unit")}
    assert set(people) == {"Zora Ståhl", "Teo O\u2019Brien", "Jun 朴"}
    assert people["Teo O\u2019Brien"].email == "teo0@adventure.example"
    assert people["Jun 朴"].manager == people["Teo O\u2019Brien"]
    assert people["Teo O\u2019Brien"].manager == people["Zora Ståhl"]
    assert people["Jun 朴"].unit.name == "Kilns"
    assert report.lines["people"].loaded == 3
    assert "42000" not in " ".join(str(vars(person)) for person in people.values())


def test_without_the_table_of_people_the_log_in_tells_the_name(company, folder):
    (folder / "Person.csv").unlink()
    bring(company.viewer("ines"), source(folder, Told()))
    assert set(Person.objects.filter(is_imported=True).values_list("name", flat=True)) == {"Zora", "Teo", "Jun"}

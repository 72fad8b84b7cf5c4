"""A table whose columns are named by more than one row, as spreadsheets with merged cells leave them."""

from __future__ import annotations

import pytest

from watercooler.doors.importing.people.load import bring
from watercooler.doors.importing.people.sources import Told, source
from watercooler.spine.people.models import Person

MERGED = """Employee,,,Organisation,,Manager,,Private
ID,First name,Last name,Department,Job title,ID,Name,E-mail
1,Ada,Byrne,Board,Director,,,ada@home.example
2,Jun,Park,Kilns,Kiln hand,1,Ada Byrne,jun@home.example
"""
TITLED = "Staff list,,,,\nPerson,,Employment,,Line manager\nName,E-mail,Job title,Start date,E-mail\n"
TITLED += "Ada Byrne,ada@kiln.example,Director,2012-03-01,\nJun Park,jun@kiln.example,Kiln hand,2024-01-08,"
TITLED += "ada@kiln.example\n"
KEYS = """STATUS,USERID,FIRSTNAME,LASTNAME,EMAIL,MANAGER
Status,User ID,First Name,Last Name,Email,Manager
active,1,Ada,Byrne,ada@kiln.example,NO_MANAGER
active,2,Jun,Park,jun@kiln.example,1
"""
TALL = "ID,Name,Unit,Reports to,\n,,,ID,Name\n1,Ada Byrne,Board,,\n2,Jun Park,Kilns,1,Ada Byrne\n"


@pytest.mark.parametrize("text", [MERGED, TITLED, KEYS, TALL])
def test_two_rows_that_name_columns_make_nobody_and_everybody_else_comes(company, tmp_path, text):
    path = tmp_path / "staff.csv"
    path.write_text(text)
    bring(company.viewer("ines"), source(path, Told()))
    people = {person.name: person for person in Person.objects.filter(is_imported=True).select_related("manager")}
    assert set(people) == {"Ada Byrne", "Jun Park"}
    assert people["Jun Park"].manager == people["Ada Byrne"]
    assert not any("home.example" in person.email for person in people.values())


def test_a_persons_words_that_columns_have_too_are_a_persons(company, tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text("Name,Job,Unit\nAda Byrne,Manager,Service\nJun Park,Leader,Team\n")
    bring(company.viewer("ines"), source(path, Told()))
    assert set(Person.objects.filter(is_imported=True).values_list("name", flat=True)) == {"Ada Byrne", "Jun Park"}

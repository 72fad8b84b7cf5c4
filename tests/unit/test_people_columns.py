"""What columns, dates, statuses and names mean, as other systems of record write them. Knows no database."""

from __future__ import annotations

import tracemalloc
from datetime import date

import pytest

from watercooler.doors.importing.people.columns import day, field_of, is_gone, private_sort
from watercooler.doors.importing.people.sources import Told, source


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Geburtsdatum",
            "Geburtsname",
            "Date de naissance",
            "Fecha de nacimiento",
            "Data di nascita",
            "D.O.B.",
            "GBDAT",
            "GEBDAT",
        ),
        *("RaceDesc", "CitizenDesc", "HispanicLatino", "MarriedID"),
        *("Numéro de sécurité sociale", "N° de sécu", "NI number", "National Insurance No", "SSN", "SIN", "CPF", "NIR"),
        *("Sozialversicherungsnummer", "Steuer-ID", "Steuerklasse", "Burgerservicenummer", "PESEL", "Codice fiscale"),
        *(
            "Número de la Seguridad Social",
            "Henkilötunnus",
            "Tax File Number",
            "Aadhaar",
            "Passport No",
            "Reisepassnr.",
        ),
        *("IBAN", "Kontoinhaber", "Bank sort code", "Cuenta bancaria", "Rekeningnummer", "Bankverbindung"),
        *("Total Base Pay - Amount", "Bruttolohn", "Salaire annuel", "Stipendio lordo", "Rate of pay", "Bonus %"),
        *("Krankenkasse", "RQTH", "Vaccination status", "Sick days", "Schwerbehinderung", "Religion", "Konfession"),
        *("E-Mail (privat)", "Home Email", "Personal Mobile", "Adresse personnelle", "Notfallkontakt", "Next of Kin"),
        *(
            "Nombre d'enfants",
            "Kinderfreibetrag",
            "Civilité",
            "Ethnic origin",
            "Union membership",
            "Password [Required]",
        ),
    ],
)
def test_private_columns_are_known_in_other_languages(name):
    assert private_sort(name)
    assert field_of(name) is None


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Personalnummer",
            "Personal area manager",
            "Home office",
            "Workplace",
            "Abteilung",
            "Leeds",
            "Ort",
            "Age group lead",
        ),
        *("E-Mail", "Position", "Team", "Direction", "Status", "Nom", "Titel", "Kostenstelle", "Standort", "Manager"),
    ],
)
def test_ordinary_columns_are_not_taken_for_private(name):
    assert private_sort(name) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(("3. Januar 2024", (2024, 1, 3)), ("3 janvier 2024", (2024, 1, 3)), ("Jan 3, 2024", (2024, 1, 3))),
        *(("03-Jan-24", (2024, 1, 3)), ("1er février 2024", (2024, 2, 1)), ("3 de enero de 2024", (2024, 1, 3))),
        *(("45294", (2024, 1, 3)), ("45294.0", (2024, 1, 3)), ("3.1.24", (2024, 1, 3)), ("3.1.99", (1999, 1, 3))),
        *(
            ("03/01/2024 00:00:00", (2024, 1, 3)),
            ("2024.01.03", (2024, 1, 3)),
            ("2024-01-03T00:00:00.000+0000", (2024, 1, 3)),
        ),
        *(("12/25/2024", (2024, 12, 25)), ("31/02/2024", None), ("0/0/0000", None), ("99999999", None), ("soon", None)),
    ],
)
def test_dates_of_all_sorts(text, said):
    assert day(text) == (date(*said) if said else None)


@pytest.mark.parametrize(
    "text", ["Ausgetreten", "gekündigt", "Terminated (voluntary)", "Inactive - away", "Parti", "0"]
)
def test_words_for_having_left(text):
    assert is_gone(text)
    assert not is_gone(f"Active {text}")


def test_fifty_thousand_rows_are_read_in_flat_memory(tmp_path):
    path = tmp_path / "staff.csv"
    with path.open("w") as file:
        file.write("Employee ID,Name,Job title,Manager ID,Hire date\n")
        file.writelines(f"{n},Person {n} Name,Hand,{n // 9},2019-04-{n % 28 + 1:02}\n" for n in range(1, 50_001))
    rows = source(path, Told())
    tracemalloc.start()
    count = sum(1 for _entry in rows.entries())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 50_000
    assert peak < 2_000_000

"""Which column means what: by its name in several languages, by what stands in it, or because somebody said so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed

FIELDS: dict[str, str] = {
    "id": "id employeeid employeeno employeenumber personid personnelnumber staffid staffnumber workerid userid "
    "personalnummer mitarbeiternummer mitarbeiterid matricule numeroemploye idempleado numeroempleado matricola "
    "personeelsnummer medewerkernummer anstallningsnummer ansattnummer numerpracownika businessentityid externalid",
    "name": "name fullname displayname employeename employee person preferredname vollername mitarbeiter "
    "nomcomplet nometprenom nombrecompleto nomecompleto naam volledigenaam namn navn imieinazwisko nimi",
    "first_name": "firstname givenname forename vorname prenom nombre nome voornaam fornamn fornavn imie etunimi",
    "middle_name": "middlename middleinitial middlenames zweitervorname tussenvoegsel",
    "last_name": "lastname surname familyname nachname familienname nom nomdefamille apellido apellidos cognome "
    "achternaam efternamn etternavn efternavn nazwisko sukunimi",
    "email": "email mail emailaddress workemail mailadresse emailadresse adressemail courriel correo "
    "correoelectronico indirizzoemail epost adresemail sahkoposti",
    "handle": "handle login loginid loginname username userprincipalname samaccountname uid account accountname "
    "benutzername anmeldename identifiant usuario nombredeusuario utente gebruikersnaam anvandarnamn brukernavn",
    "job": "job jobtitle title position role function jobname occupation positiontitle stelle position taetigkeit "
    "tatigkeit funktion berufsbezeichnung stellenbezeichnung poste fonction intituleduposte puesto cargo mansione "
    "ruolo functie functietitel befattning yrkestitel stilling stanowisko tehtavanimike",
    "site": "site office location sitename officename locationname worklocation workplace standort arbeitsort "
    "niederlassung bureau lieu lieudetravail etablissement sede centro oficina ufficio vestiging locatie kontor "
    "arbeidssted arbetsplats lokalizacja biuro toimipaikka",
    "town": "town city ort stadt ville ciudad citta plaats stad by miasto kaupunki",
    "state": "state stateprovince province county bundesland departementadmin provincia provincie lan wojewodztwo",
    "country": "country countryname land pays pais paese kraj maa",
    "region": "region regionname area territory gebiet zone territoire territorio area territoryname",
    "time_zone": "timezone zeitzone fuseauhoraire zonahoraria fusoorario tijdzone tidszon",
    "unit": "unit department departmentname dept organisationalunit orgunit businessunit team division abteilung "
    "bereich organisationseinheit service departement equipe departamento unidad reparto dipartimento afdeling "
    "avdelning avdeling dzial osasto costcentername",
    "unit_parent": "parentunit parentdepartment divisionname groupname departmentgroup division hauptabteilung "
    "direction direccion direzione hovedavdeling",
    "manager": "manager managerid managername manageremail supervisor supervisorid supervisorname supervisoremail "
    "reportsto reportstoid linemanager boss bossid vorgesetzter vorgesetzte vorgesetztenid fuehrungskraft "
    "fuhrungskraft responsable managerhierarchique superieur jefe jefeid supervisore responsabile leidinggevende "
    "chef narmastechef leder naermesteleder przelozony esimies",
    "starts_on": "hiredate startdate starteddate joindate joinedon startedon employmentstart dateofhire eintritt "
    "eintrittsdatum dateembauche datedentree fechaingreso fechadealta dataassunzione datumindienst anstalld "
    "anstalldsedan ansattdato datazatrudnienia",
    "ends_on": "enddate leavedate leavingdate terminationdate lastday endson lefton austritt austrittsdatum "
    "datesortie datededepart fechabaja datacessazione datumuitdienst slutdatum sluttdato datazwolnienia",
    "active": "active isactive currentflag status employmentstatus enabled accountenabled aktiv actif activo attivo "
    "actief aktywny",
    "about": "about bio biography description profil",
}
"""Field → the names it goes by, without accents, spaces or punctuation."""

PRIVATE: dict[str, str] = {
    "birth date": "birthdate dateofbirth dob birthday birthyear age geburtsdatum geburtstag alter datedenaissance "
    "datenaissance fechanacimiento fechadenacimiento datadinascita datanascita geboortedatum fodelsedatum fodselsdato "
    "dataurodzenia placeofbirth birthplace geburtsort lieudenaissance",
    "national number": "nationalid nationalidnumber nationalidentitynumber nationalnumber ssn socialsecuritynumber "
    "socialsecurity nino nin taxid taxnumber tin steuernummer steuerid steueridentifikationsnummer "
    "sozialversicherungsnummer svnummer numerosecuritesociale nir dni nie nif codicefiscale bsn personnummer "
    "fodselsnummer pesel passport passportnumber passnummer drivinglicence driverlicense rijksregisternummer",
    "marital status": "maritalstatus married civilstatus familienstand situationfamiliale estadocivil statocivile "
    "burgerlijkestaat civilstand sivilstatus children dependents numberofchildren kinder enfants spouse",
    "gender": "gender sex geschlecht sexe genre sexo genero sesso geslacht kon kjonn plec salutation anrede",
    "pay": "salary wage pay payrate annualsalary basesalary minsalary maxsalary bonus commission commissionpct "
    "gehalt lohn salaire salario sueldo stipendio salaris lon wynagrodzenie compensation paygrade salesquota "
    "salariedflag",
    "bank": "bank bankaccount bankname iban bic swift accountnumber sortcode kontonummer bankverbindung rib "
    "cuentabancaria contobancario rekeningnummer bankkonto creditcard",
    "religion or belief": "religion faith konfession denomination croyance religione godsdienst kirchensteuer belief",
    "origin": "ethnicity ethnicgroup race nationality citizenship staatsangehorigkeit staatsangehoerigkeit "
    "nationalite nacionalidad nazionalita nationaliteit herkunft",
    "health": "disability disabled schwerbehindert schwerbehinderung handicap health bloodgroup bloodtype sickleave "
    "sickleavehours sickdays krankheitstage medical pregnancy invalidite discapacidad",
    "leave": "vacationhours absences",
    "union": "union unionmember tradeunion gewerkschaft syndicat sindicato sindacato vakbond",
    "orientation": "sexualorientation orientation politicalopinion politicalparty",
    "private address": "homeaddress privateaddress privatanschrift adresseprivee domicilio homephone privatephone "
    "privatemobile personalemail privateemail emergencycontact emergencyphone nextofkin notfallkontakt",
    "password": "password passwordhash passwort motdepasse contrasena",
}
"""What a directory of colleagues does not need: sort → the names it goes by."""

_FIELD_OF = {name: field for field, names in reversed(FIELDS.items()) for name in names.split()}
_PRIVATE_OF = {name: sort for sort, names in PRIVATE.items() for name in names.split()}
_PRIVATE_PARTS = re.compile(
    r"birth|geburt|naissance|nacimiento|nascita|salar|gehalt|nationalid|socialsecurity|passport|religio|iban|marital"
    r"|ethnic|gender|disabilit|bankacc|password"
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_SSN = re.compile(r"\d{3}-\d{2}-\d{4}\Z")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}\Z")
ENOUGH = 0.8


def plain(name: str) -> str:
    """Return a column's name without accents, case, spaces and punctuation: "E-Mail Adresse" → "emailadresse"."""
    text = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l").replace("ø", "o"))
    return "".join(c for c in text if c.isalnum() and not unicodedata.combining(c))


def field_of(name: str) -> str | None:
    """Return which field a column's name means, or None."""
    return _FIELD_OF.get(plain(name)) if private_sort(name) is None else None


def private_sort(name: str) -> str | None:
    """Return what sort of private fact a column's name announces, or None."""
    bare = plain(name)
    if bare in _PRIVATE_OF:
        return _PRIVATE_OF[bare]
    found = _PRIVATE_PARTS.search(bare)
    return next((sort for sort, names in PRIVATE.items() if found[0] in names), "private") if found else None


def private_values(values: Sequence[str]) -> str | None:
    """Return what sort of private fact these values are whatever their column is called, or None."""
    if _share(values, lambda v: bool(_SSN.match(v))) > ENOUGH:
        return "national number"
    if _share(values, lambda v: _is_iban(v.replace(" ", "").upper())) > ENOUGH:
        return "bank"
    return None


def _is_iban(text: str) -> bool:
    if not _IBAN.match(text):
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def _share(values: Sequence[str], is_so: Callable[[str], bool]) -> float:
    given = [value for value in values if value]
    return sum(map(is_so, given)) / len(given) if given else 0.0


@dataclass(slots=True)
class Mapping:
    """Field → column, with what was left out. guessed: fields that nobody named. private: column → its sort."""

    of: dict[str, str] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)
    private: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return one line a column, to be shown before anything is written."""
        shown = [f"{f} ← {column}{'' if f not in self.guessed else ' (guessed)'}" for f, column in self.of.items()]
        if self.private:
            shown.append(
                _("left out because private: %(columns)s (to use one, say --take NAME and --map field=NAME)")
                % {"columns": ", ".join(f"{column} ({sort})" for column, sort in self.private.items())}
            )
        if self.unused:
            shown.append(_("not used: %(columns)s") % {"columns": ", ".join(self.unused)})
        return shown


def mapped(
    columns: Sequence[str],
    samples: dict[str, list[str]],
    said: dict[str, str] | None = None,
    take: Iterable[str] = (),
    names: dict[str, str] | None = None,
) -> Mapping:
    """Return which column feeds which field: as said, else by name, else by values.

    samples: column → some of its values. names: column → the name to judge it by, where it differs. Raises Invalid for
    a column or field that is not there, NotAllowed for a private column that --take does not name.
    """
    said, names = said or {}, names or {}
    chosen = _found(columns, take)
    mapping = Mapping()
    for column in columns:
        sort = private_sort(names.get(column, column)) or private_values(samples.get(column, []))
        if sort and column not in chosen:
            mapping.private[column] = sort
    for target, wanted in said.items():
        if target not in FIELDS:
            fields = ", ".join(FIELDS)
            raise Invalid(_("There is no field %(field)s. Fields: %(fields)s.") % {"field": target, "fields": fields})
        if not wanted:
            continue
        [column] = _found(columns, [wanted])
        if column in mapping.private:
            raise NotAllowed(
                _("%(column)s looks like private facts (%(sort)s). Say --take %(column)s if it has to be.")
                % {"column": column, "sort": mapping.private[column]}
            )
        mapping.of[target] = column
    free = [c for c in columns if c not in mapping.private and c not in mapping.of.values()]
    _by_name(mapping, free, names, refused=said)
    _by_values(mapping, [c for c in free if c not in mapping.of.values()], samples, refused=said)
    mapping.unused = [c for c in free if c not in mapping.of.values() and c not in chosen]
    if homeless := [c for c in chosen if c not in mapping.of.values()]:
        raise Invalid(
            _("A profile has no place for %(column)s. Say into which field: --map about=%(column)s")
            % {"column": homeless[0]}
        )
    if not {"name", "last_name", "first_name", "handle", "email"} & mapping.of.keys():
        raise Invalid(
            _("No column holds people’s names. Say which: --map name=Column. Columns: %(columns)s.")
            % {"columns": ", ".join(columns)}
        )
    return mapping


def _found(columns: Sequence[str], wanted: Iterable[str]) -> list[str]:
    by_plain = {plain(column): column for column in reversed(columns)}
    found = []
    for name in wanted:
        column = name if name in columns else by_plain.get(plain(name))
        if column is None:
            raise Invalid(
                _("There is no column %(name)s. Columns: %(columns)s.") % {"name": name, "columns": ", ".join(columns)}
            )
        found.append(column)
    return found


def _by_name(mapping: Mapping, free: Sequence[str], names: dict[str, str], refused: dict[str, str]) -> None:
    left: dict[str, str] = {}
    for column in free:
        left.setdefault(plain(names.get(column, column)), column)
    for target, aliases in FIELDS.items():
        if target in mapping.of or target in refused:
            continue
        if found := next((alias for alias in aliases.split() if alias in left), None):
            mapping.of[target] = left.pop(found)
            mapping.guessed.add(target)


def _by_values(mapping: Mapping, free: list[str], samples: dict[str, list[str]], refused: dict[str, str]) -> None:
    """Guess what names did not say: addresses, numbers of people, who points at them, and full names."""

    def choose(target: str, is_it: Callable[[list[str]], bool]) -> None:
        if target in mapping.of or target in refused:
            return
        for column in free:
            if is_it(samples.get(column, [])):
                mapping.of[target] = column
                mapping.guessed.add(target)
                free.remove(column)
                return

    def unique(values: list[str]) -> bool:
        return len(values) > 1 and all(values) and len(set(values)) == len(values)

    choose("email", lambda values: _share(values, lambda v: bool(_EMAIL.match(v))) > ENOUGH)
    choose("id", lambda values: unique(values) and all(v.isdecimal() and len(v) < 8 for v in values))
    numbers = set(samples.get(mapping.of.get("id", ""), []))
    if numbers and len(numbers) > 2:
        choose("manager", lambda values: len(set(filter(None, values))) > 1 and set(filter(None, values)) <= numbers)
    if not {"first_name", "last_name"} & mapping.of.keys():
        choose("name", lambda values: _share(values, _is_full_name) > ENOUGH and len(set(values)) > 0.6 * len(values))


def _is_full_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 5 and all(w[0].isupper() and not any(c.isdigit() for c in w) for w in words)


_DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y%m%d", "%d-%m-%Y", "%d %b %Y", "%d-%b-%y")


def day(text: str) -> date | None:
    """Return the date that a cell names, or None for one that cannot be read. A day before a month, if both may be."""
    text = text.strip()
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    for form in _DATES:
        try:
            return datetime.strptime(text.split(" 00:00")[0], form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


_GONE = """
0 no n false f inactive left terminated former leaver resigned retired dismissed disabled nein inaktiv ausgeschieden
non inactif inactivo baja inattivo nee inactief nej nei nie
"""


def is_gone(text: str) -> bool:
    """Say whether a cell of an "active" or "status" column means that somebody has left."""
    return text.strip().casefold() in _GONE.split()

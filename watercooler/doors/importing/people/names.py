"""The names that columns go by, in the languages and systems that directories of people come from.

All are written as `plain` leaves them: without accents, case, spaces and punctuation.
"""

from __future__ import annotations

import re

FIELDS: dict[str, str] = {
    "id": "id employeeid employeeno employeenumber personid personnelnumber staffid staffnumber workerid "
    "userid personalnummer mitarbeiternummer mitarbeiterid matricule numeroemploye idempleado "
    "numeroempleado matricola personeelsnummer medewerkernummer anstallningsnummer ansattnummer "
    "numerpracownika businessentityid externalid workernumber associateid personnelno personnelid "
    "persno pernr personnumber empid empno empcode assignmentnumber employeecode payrollnumber "
    "payrollid payrollno objectid mitarbeiternr manr personalnr persnr matriculesalarie "
    "numerodematricule codigoempleado codicedipendente codigodofuncionario matricula",
    "name": "name fullname displayname employeename employee person vollername mitarbeiter nomcomplet "
    "nometprenom nombrecompleto nomecompleto naam volledigenaam namn navn imieinazwisko nimi worker "
    "workername associatename legalname lastnamefirstname firstnamelastname firstandlastname "
    "nachnamevorname vornamenachname nomprenom prenomnom nometcognome cognomenome apellidosynombre "
    "employeeappname preferredname knownas nickname rufname bevorzugtername nomdusage",
    "first_name": "firstname givenname forename vorname prenom nombre nome voornaam fornamn fornavn imie "
    "etunimi givennames legalfirstname preferredfirstname prenoms vorna firstnames primernombre",
    "middle_name": "middlename middleinitial middlenames zweitervorname tussenvoegsel",
    "last_name": "lastname surname familyname nachname familienname nom nomdefamille apellido apellidos "
    "cognome achternaam efternamn etternavn efternavn nazwisko sukunimi familynames "
    "legallastname preferredlastname nachn apellido1 primerapellido lastnames",
    "email": "workemail primaryworkemail businessemail companyemail worksemail officeemail emailwork "
    "emailprimarywork geschaeftlicheemail geschaftlicheemail emailgeschaftlich emaildienstlich "
    "dienstlicheemail courrielprofessionnel emailprofessionnel adresseemailprofessionnelle "
    "correocorporativo emailaziendale zakelijkemail email mail emailaddress mailadresse emailadresse "
    "adressemail courriel correo correoelectronico indirizzoemail epost adresemail sahkoposti "
    "adresseemail adressedemessagerie emailprimary primaryemail",
    "handle": "handle login loginid loginname username userprincipalname samaccountname uid account "
    "accountname benutzername anmeldename identifiant usuario nombredeusuario utente gebruikersnaam "
    "anvandarnamn brukernavn",
    "job": "jobtitle businesstitle job title position role function jobname occupation positiontitle stelle "
    "taetigkeit tatigkeit funktion berufsbezeichnung stellenbezeichnung poste fonction intituleduposte "
    "puesto cargo mansione ruolo functie functietitel befattning yrkestitel stilling stanowisko "
    "tehtavanimike positionname jobprofile employeetitle occupationtitle jobposition stellentitel "
    "dienststellung emploi libelleemploi cargoactual qualifica",
    "site": "site office location sitename officename locationname worklocation workplace standort arbeitsort "
    "niederlassung bureau lieu lieudetravail etablissement sede centro oficina ufficio vestiging "
    "locatie kontor arbeidssted arbetsplats lokalizacja biuro toimipaikka primaryworklocation "
    "workcity workcenter dienstort dienstsitz arbeitsstatte buero buro localisation agence "
    "lugardetrabajo centrodetrabajo sededilavoro physicaldeliveryofficename worksite branch "
    "officelocation",
    "town": "town city ort stadt ville ciudad citta plaats stad by miasto kaupunki",
    "state": "state stateprovince province county bundesland departementadmin provincia provincie lan wojewodztwo",
    "country": "country countryname land pays pais paese kraj maa",
    "region": "region regionname area territory gebiet zone territoire territorio area territoryname",
    "time_zone": "timezone zeitzone fuseauhoraire zonahoraria fusoorario tijdzone tidszon",
    "unit": "unit department departmentname dept organisationalunit orgunit businessunit team division "
    "abteilung bereich organisationseinheit service departement equipe departamento unidad reparto "
    "dipartimento afdeling avdelning avdeling dzial osasto costcentername orgunitpath orgunitname "
    "organizationunit organizationalunit organisationunit organization organisation "
    "supervisoryorganization supervisoryorganisation costcenter costcentre kostenstelle "
    "kostenstellenbezeichnung centredecout orgeh pole",
    "unit_parent": "parentunit parentdepartment divisionname groupname departmentgroup division "
    "hauptabteilung direction direccion direzione hovedavdeling",
    "manager": "managerid manageremployeeid managernumber managerpersonnumber manageremployeenumber "
    "linemanagerid supervisorid supervisoreid supervisornumber reportstoid vorgesetztenid "
    "vorgesetzterid vorgesetzterpersonalnummer personalnummervorgesetzter "
    "personalnummerdesvorgesetzten matriculeresponsable matriculeduresponsable matriculemanager "
    "matriculen1 jefeid manageremail manageremailaddress managerupn managermail supervisoremail "
    "linemanageremail linemanagersemail vorgesetzteremail emailresponsable emailduresponsable "
    "emailmanager manager managername supervisor supervisorname reportsto linemanager boss bossid "
    "vorgesetzter vorgesetzte fuehrungskraft fuhrungskraft responsable managerhierarchique "
    "superieur jefe supervisore responsabile leidinggevende chef narmastechef leder naermesteleder "
    "przelozony esimies workersmanager managerfullname linemanagername directmanager "
    "reportingmanager reportingto supervisorfullname teamlead teamleiter vorgesetztername "
    "vorgesetzterin direktervorgesetzter disziplinarischervorgesetzter n1 responsablehierarchique "
    "superieurhierarchique nomdumanager nomduresponsable responsabledirecto supervisordirecto "
    "superior chief leader manageruserid managerusersysid",
    "starts_on": "hiredate startdate starteddate joindate joinedon startedon employmentstart dateofhire "
    "eintritt eintrittsdatum dateembauche datedentree fechaingreso fechadealta dataassunzione "
    "datumindienst anstalld anstalldsedan ansattdato datazatrudnienia originalhiredate "
    "dateofjoining joiningdate joined employmentstartdate continuousservicedate "
    "effectivestartdate employeehiredate entrydate servicedate einstellungsdatum einstellung "
    "vertragsbeginn arbeitsbeginn dembauche dentree datedembauche fechadeingreso "
    "fechadecontratacion datadiassunzione dataadmissao",
    "ends_on": "enddate leavedate leavingdate terminationdate lastday endson lefton austritt austrittsdatum "
    "datesortie datededepart fechabaja datacessazione datumuitdienst slutdatum sluttdato "
    "datazwolnienia leftdate exitdate separationdate actualterminationdate employmentenddate "
    "lastworkingday lastdayofwork dateofleaving enddateofemployment kundigungsdatum "
    "kuendigungsdatum letzterarbeitstag vertragsende datedesortie datedefindecontrat fechadebaja "
    "fechasalida datadicessazione dateoftermination dateofexit dateofseparation",
    "active": "active isactive currentflag status employmentstatus enabled accountenabled aktiv actif activo "
    "attivo actief aktywny activestatus workerstatus employeestatus assignmentstatus statut estado "
    "stato accountstatus beschaftigungsstatus",
    "gone": "leaver isleaver left hasleft isterminated terminated inactive isinactive ausgeschieden inaktiv "
    "archived suspended deactivated issuspended",
    "about": "about bio biography description profil",
}
"""Field → the names it goes by. Of several columns for one field the name that stands first here wins."""

PRIVATE: dict[str, str] = {
    "birth date": "gbdat gebdat birthdate dateofbirth dob birthday birthyear age geburtsdatum geburtstag alter "
    "datedenaissance datenaissance fechanacimiento fechadenacimiento datadinascita datanascita "
    "geboortedatum fodelsedatum fodselsdato dataurodzenia placeofbirth birthplace geburtsort "
    "lieudenaissance",
    "national number": "nationalid nationalidnumber nationalidentitynumber nationalnumber ssn "
    "socialsecuritynumber socialsecurity nino nin taxid taxnumber tin steuernummer "
    "steuerid steueridentifikationsnummer sozialversicherungsnummer svnummer "
    "numerosecuritesociale nir dni nie nif codicefiscale bsn personnummer fodselsnummer "
    "pesel passport passportnumber passnummer drivinglicence driverlicense "
    "rijksregisternummer sin tfn cpf pan nss svnr rvnr ninr ahvnummer avsnummer nas cnp "
    "egn medicare",
    "marital status": "maritalstatus married marriedid civilstatus familienstand situationfamiliale estadocivil "
    "statocivile burgerlijkestaat civilstand sivilstatus children dependents "
    "numberofchildren kinder enfants spouse",
    "gender": "gender sex geschlecht sexe genre sexo genero sesso geslacht kon kjonn plec salutation anrede civilite",
    "pay": "salary wage pay payrate annualsalary basesalary minsalary maxsalary bonus commission "
    "commissionpct gehalt lohn salaire salario sueldo stipendio salaris lon wynagrodzenie compensation "
    "paygrade salesquota salariedflag verdienst",
    "bank": "bank bankaccount bankname iban bic swift accountnumber sortcode kontonummer bankverbindung rib "
    "cuentabancaria contobancario rekeningnummer bankkonto creditcard blz kontonr",
    "religion or belief": "religion faith konfession denomination croyance religione godsdienst kirchensteuer belief",
    "origin": "ethnicity ethnicgroup race racedesc citizendesc hispaniclatino nationality citizenship "
    "staatsangehorigkeit staatsangehoerigkeit "
    "nationalite nacionalidad nazionalita nationaliteit herkunft",
    "health": "disability disabled schwerbehindert schwerbehinderung handicap health bloodgroup bloodtype "
    "sickleave sickleavehours sickdays krankheitstage medical pregnancy invalidite discapacidad "
    "rqth weight",
    "leave": "vacationhours absences",
    "union": "union unionmember tradeunion gewerkschaft syndicat sindicato sindacato vakbond",
    "orientation": "sexualorientation orientation politicalopinion politicalparty",
    "private address": "phonehome homeaddress privateaddress privatanschrift adresseprivee domicilio homephone "
    "privatephone privatemobile personalemail privateemail emergencycontact emergencyphone "
    "nextofkin notfallkontakt anschrift adressepersonnelle telephonepersonnel wohnadresse",
    "password": "password passwordhash passwort motdepasse contrasena",
}
"""What a directory of colleagues does not need: sort → the names it goes by."""

NICKNAMES = frozenset({"preferredname", "knownas", "nickname", "rufname", "bevorzugtername", "nomdusage"})
"""Names for a person that count only where no other is there."""

PARTS: dict[str, re.Pattern[str]] = {
    sort: re.compile(parts)
    for sort, parts in {
        "birth date": r"birth|geburt|naissance|nacimiento|nascita|nascimento|geboorte|fodsel|fodelse|syntym"
        r"|urodzen|narozen",
        "national number": r"nationalid|nationalins|insurancen|socialsec|securitesoc|desecu\Z|seguridadsoc"
        r"|segurancasoc"
        r"|sozialvers|rentenvers|steuer(?:id|nr|nummer|ident|klasse)|tax(?:id|file|payer|code|number)|ninumber|burgerserv"
        r"|personnummer|henkilotunnus|pesel|codicefiscale|aadhaar|passport|reisepass|ausweis|passeport|pasaporte|visatype"
        r"|righttowork|workpermit|titredesejour|aufenthalt|driv\w*licen|fuhrerschein|identitycard|idcard|numfiscale"
        r"|ssnumber|sinnumber",
        "pay": r"salar|salair|gehalt|lohn|stipend|wage|bonus|sueldo|retribu|remunera|vergutung|compensation|wynagrodz"
        r"|pay(?:rate|scale|grade|type|group|amount)|rateofpay|basepay|hourlyrate|annualrate|stundensatz|stockoption|brutto"
        r"|pension",
        "bank": r"iban|bank|kontoinhaber|kontonummer|sortcode|rekening|routingn|creditcard|accountholder",
        "marital status": r"marital|familienstand|situationfam|enfants|kinderfreib|dependents|children|spouse"
        r"|ehepartner|conjoint|estadocivil|statocivile",
        "gender": r"gender|geschlecht",
        "religion or belief": r"religio|konfession|kirchen",
        "origin": r"ethnic|nationalit|staatsang|citizenship",
        "health": r"disabil|behinder|handicap|krank|sick|bloodg|vaccin|impf|health|medica|maladie"
        r"|schwanger|invalid",
        "leave": r"vacation|holidaybal|absence|urlaub|conges",
        "union": r"unionm|tradeunion|gewerkschaft|syndica|sindaca|vakbond",
        "orientation": r"orientation",
        "private address": r"privat|prive(?:e|es)?\Z|home(?:addr|phone|e?mail|city|post|street|zip|second)"
        r"|secondaryemail|recovery"
        r"|personal(?:e?mail|phone|mobile|addr|tel)|personnel(?:le)?\Z|emergency|notfall|urgence|emergencia|nextofkin"
        r"|wohnort|wohnadr|wohnanschrift|domicil",
        "assessment": r"performancer|beurteilung|appraisal|disciplinary|warnings",
        "password": r"password|passwor[dt]|motdepasse",
    }.items()
}
"""Sort of private fact → what a longer name of it holds."""

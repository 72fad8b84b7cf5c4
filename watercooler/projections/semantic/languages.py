"""Which languages a model knows: measured, because few folders say it, and in any other language it is noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watercooler.projections.semantic.embedder import Embedder

KNOWN = 0.75
"""How often what says the same has to be nearer than what does not: 0.5 is chance (docs/finding/meaning.md)."""

SAME = {
    "en": (
        "The car does not start. | Our vehicle's engine stays silent.",
        "How much does admission cost? | The ticket is twelve euros.",
        "The child has a fever. | A sick little girl is running a high temperature.",
        "She lost her job. | The company dismissed an employee.",
        "It will rain tomorrow. | The forecast promises bad weather and wet streets.",
        "Where can I buy bread? | The bakery opens at seven.",
        "The dog barked all night. | Our neighbour's pet kept us awake.",
        "He is learning to swim. | Lessons for beginners in the pool.",
        "The window is broken. | Somebody smashed the pane of glass.",
        "The train arrives too late. | Delays on the railway.",
        "They got married in May. | The wedding was in spring.",
        "My computer is very slow. | The laptop needs ages to load a page.",
        "The cook burnt the meat. | Dinner was charred and nobody ate it.",
        "Farmers bring in the wheat. | The grain harvest in the fields has begun.",
    ),
    "de": (
        "Das Auto springt nicht an. | Der Motor unseres Wagens bleibt stumm.",
        "Was kostet der Eintritt? | Die Karte ist für zwölf Euro zu haben.",
        "Das Kind hat Fieber. | Ein krankes Mädchen ist sehr heiß.",
        "Sie hat ihre Arbeit verloren. | Die Firma hat einer Angestellten gekündigt.",
        "Morgen wird es regnen. | Die Vorhersage verspricht schlechtes Wetter und nasse Straßen.",
        "Wo kann ich Brot kaufen? | Die Bäckerei öffnet um sieben.",
        "Der Hund hat die ganze Nacht gebellt. | Das Tier des Nachbarn ließ uns nicht schlafen.",
        "Er lernt schwimmen. | Unterricht für Anfänger im Becken.",
        "Das Fenster ist kaputt. | Jemand hat die Glasscheibe eingeschlagen.",
        "Der Zug kommt zu spät. | Verzögerungen bei der Bahn.",
        "Im Mai haben sie geheiratet. | Die Hochzeit war im Frühling.",
        "Mein Computer ist sehr langsam. | Der Laptop braucht ewig, um eine Seite zu laden.",
        "Der Koch hat das Fleisch anbrennen lassen. | Das Abendessen war verkohlt und niemand aß davon.",
        "Die Bauern holen den Weizen ein. | Auf den Feldern hat die Getreideernte begonnen.",
    ),
    "fr": (
        "La voiture ne démarre pas. | Le moteur de notre véhicule reste muet.",
        "Combien coûte l'entrée ? | Le billet est à douze euros.",
        "L'enfant a de la fièvre. | Une petite fille malade a une température élevée.",
        "Elle a perdu son emploi. | L'entreprise a licencié une salariée.",
        "Il va pleuvoir demain. | Les prévisions annoncent du mauvais temps et des rues mouillées.",
        "Où puis-je acheter du pain ? | La boulangerie ouvre à sept heures.",
        "Le chien a aboyé toute la nuit. | L'animal du voisin nous a empêchés de dormir.",
        "Il apprend à nager. | Cours pour débutants à la piscine.",
        "La fenêtre est cassée. | Quelqu'un a brisé la vitre.",
        "Le train arrive trop tard. | Retards sur le chemin de fer.",
        "Ils se sont mariés en mai. | La noce a eu lieu au printemps.",
        "Mon ordinateur est très lent. | Le portable met une éternité à charger une page.",
        "Le cuisinier a brûlé la viande. | Le dîner était carbonisé et personne n'en a mangé.",
        "Les paysans rentrent le blé. | La moisson des céréales a commencé dans les champs.",
    ),
    "es": (
        "El coche no arranca. | El motor de nuestro vehículo sigue mudo.",
        "¿Cuánto cuesta la entrada? | El billete vale doce euros.",
        "El niño tiene fiebre. | Una chica enferma está con la temperatura muy alta.",
        "Ella perdió su trabajo. | La empresa despidió a una empleada.",
        "Mañana va a llover. | El pronóstico anuncia mal tiempo y calles mojadas.",
        "¿Dónde puedo comprar pan? | La panadería abre a las siete.",
        "El perro ladró toda la noche. | El animal del vecino no nos dejó dormir.",
        "Él aprende a nadar. | Clases para principiantes en la piscina.",
        "La ventana está rota. | Alguien ha hecho pedazos el cristal.",
        "El tren llega tarde. | Retrasos en el ferrocarril.",
        "Se casaron en mayo. | La boda fue en primavera.",
        "Mi ordenador es muy lento. | El portátil necesita una eternidad para cargar una página.",
        "El cocinero quemó la carne. | La cena estaba carbonizada y nadie la comió.",
        "Los campesinos recogen el trigo. | La cosecha de cereales ha empezado en el campo.",
    ),
    "nl": (
        "De auto start niet. | De motor van ons voertuig blijft stil.",
        "Hoeveel kost de toegang? | Het kaartje is twaalf euro.",
        "Het kind heeft koorts. | Een ziek meisje voelt gloeiend heet aan.",
        "Zij is haar baan kwijt. | Het bedrijf heeft een werkneemster ontslagen.",
        "Morgen gaat het regenen. | De voorspelling belooft slecht weer en natte straten.",
        "Waar kan ik brood kopen? | De bakkerij gaat om zeven uur open.",
        "De hond blafte de hele nacht. | Het huisdier van de buren hield ons wakker.",
        "Hij leert zwemmen. | Lessen voor beginners in het bad.",
        "Het raam is kapot. | Iemand heeft de ruit ingeslagen.",
        "De trein komt te laat. | Vertragingen op het spoor.",
        "Ze zijn in mei getrouwd. | De bruiloft was in de lente.",
        "Mijn computer is erg traag. | De laptop doet er eeuwig over om een pagina te laden.",
        "De kok liet het vlees aanbranden. | Het avondeten was verkoold en niemand at ervan.",
        "De boeren halen de tarwe binnen. | De graanoogst op de velden is begonnen.",
    ),
    "pt": (
        "O carro não pega. | O motor do nosso veículo continua mudo.",
        "Quanto custa a entrada? | O bilhete vale doze euros.",
        "A criança está com febre. | Uma menina doente tem a temperatura muito alta.",
        "Ela perdeu o emprego. | A empresa despediu uma funcionária.",
        "Amanhã vai chover. | A previsão anuncia mau tempo e ruas molhadas.",
        "Onde posso comprar pão? | A padaria abre às sete.",
        "O cão ladrou a noite toda. | O animal do vizinho não nos deixou dormir.",
        "Ele aprende a nadar. | Aulas para principiantes na piscina.",
        "A janela está quebrada. | Alguém partiu o vidro.",
        "O trem chega atrasado. | Demoras na ferrovia.",
        "Eles casaram em maio. | As bodas foram na primavera.",
        "O meu computador é muito lento. | O portátil leva uma eternidade a carregar uma página.",
        "O cozinheiro queimou a carne. | O jantar ficou carbonizado e ninguém comeu.",
        "Os camponeses recolhem o trigo. | A colheita de cereais começou nos campos.",
    ),
    "it": (
        "La macchina non parte. | Il motore del nostro veicolo resta muto.",
        "Quanto costa l'ingresso? | Il biglietto viene dodici euro.",
        "Il bambino ha la febbre. | Una ragazzina malata scotta molto.",
        "Lei ha perso il lavoro. | L'azienda ha licenziato una dipendente.",
        "Domani pioverà. | Le previsioni annunciano brutto tempo e strade bagnate.",
        "Dove posso comprare il pane? | La panetteria apre alle sette.",
        "Il cane ha abbaiato tutta la notte. | L'animale del vicino non ci ha lasciato dormire.",
        "Lui impara a nuotare. | Lezioni per principianti in piscina.",
        "La finestra è rotta. | Qualcuno ha mandato in frantumi il vetro.",
        "Il treno arriva tardi. | Ritardi sulla ferrovia.",
        "Si sono sposati a maggio. | Le nozze erano in primavera.",
        "Il mio computer è molto lento. | Il portatile ci mette un'eternità a caricare una pagina.",
        "Il cuoco ha bruciato la carne. | La cena era carbonizzata e nessuno l'ha mangiata.",
        "I contadini raccolgono il grano. | La mietitura dei cereali è cominciata nei campi.",
    ),
    "sv": (
        "Bilen startar inte. | Motorn i vårt fordon förblir tyst.",
        "Vad kostar inträdet? | Biljetten är på tolv euro.",
        "Barnet har feber. | En sjuk liten flicka är mycket het.",
        "Hon har förlorat sitt jobb. | Företaget sade upp en anställd.",
        "Det kommer att regna i morgon. | Prognosen lovar dåligt väder och våta gator.",
        "Var kan jag köpa bröd? | Bageriet öppnar klockan sju.",
        "Hunden skällde hela natten. | Grannens djur höll oss vakna.",
        "Han lär sig simma. | Lektioner för nybörjare i bassängen.",
        "Fönstret är trasigt. | Någon har slagit sönder glasrutan.",
        "Tåget kommer för sent. | Förseningar på järnvägen.",
        "De gifte sig i maj. | Bröllopet var på våren.",
        "Min dator är mycket långsam. | Den bärbara behöver evigheter för att ladda en sida.",
        "Kocken brände köttet. | Middagen var förkolnad och ingen åt den.",
        "Bönderna tar in vetet. | Skörden av säd på åkrarna har börjat.",
    ),
    "pl": (
        "Samochód nie chce zapalić. | Silnik naszego pojazdu milczy.",
        "Ile kosztuje wstęp? | Bilet jest po dwanaście euro.",
        "Dziecko ma gorączkę. | Chora dziewczynka jest bardzo rozpalona.",
        "Ona straciła pracę. | Firma zwolniła pracownicę.",
        "Jutro będzie padać deszcz. | Prognoza zapowiada złą pogodę i mokre ulice.",
        "Gdzie mogę kupić chleb? | Piekarnia otwiera się o siódmej.",
        "Pies szczekał całą noc. | Zwierzę sąsiada nie dało nam spać.",
        "On uczy się pływać. | Lekcje dla początkujących na basenie.",
        "Okno jest rozbite. | Ktoś stłukł szybę.",
        "Pociąg przyjeżdża za późno. | Opóźnienia na kolei.",
        "Pobrali się w maju. | Ślub był na wiosnę.",
        "Mój komputer jest bardzo powolny. | Laptop potrzebuje wieków, żeby załadować stronę.",
        "Kucharz przypalił mięso. | Kolacja była zwęglona i nikt jej nie zjadł.",
        "Rolnicy zbierają pszenicę. | Żniwa na polach już się zaczęły.",
    ),
}
"""Pairs of sentences that say about the same, by language. Those of a pair share no word but the smallest."""


def known(embedder: Embedder) -> list[str]:
    """Return the languages of these nine that a model knows. Cost: 252 short sentences, half a second."""
    return [language for language in SAME if sureness(embedder, language) >= KNOWN]


def sureness(embedder: Embedder, language: str) -> float:
    """Return how often the two sentences of a pair are nearer than two of different pairs."""
    pairs = [pair.split(" | ") for pair in SAME[language]]
    asked = [embedder.query(one) for one, _other in pairs]
    said = embedder.texts([other for _one, other in pairs])
    near = [[sum(a * b for a, b in zip(one, other, strict=True)) for other in said] for one in asked]
    same = [near[place][place] for place in range(len(pairs))]
    apart = [number for place, row in enumerate(near) for at, number in enumerate(row) if at != place]
    return sum(one > other for one in same for other in apart) / (len(same) * len(apart))

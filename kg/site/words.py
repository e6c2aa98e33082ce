"""Words: all that the site says of itself, in English and Swedish."""

from __future__ import annotations

from kg.site import description_words

WORDS: dict[str, tuple[str, str]] = {
    # every page
    "home": ("Home", "Start"),
    "skip": ("Skip to the content", "Hoppa till innehållet"),
    "main menu": ("Main menu", "Huvudmeny"),
    "you are here": ("You are here", "Du är här"),
    "language": ("Language", "Språk"),
    "english": ("English", "English"),
    "swedish": ("Svenska", "Svenska"),
    "network": ("Network", "Nätverk"),
    "questions": ("Questions", "Frågor"),
    "sources": ("Sources", "Källor"),
    "sparql": ("SPARQL", "SPARQL"),
    "data set": ("Data set", "Datamängd"),
    "ontology": ("Ontology", "Ontologi"),
    "concepts": ("Concepts", "Begrepp"),
    "version": ("Version {version}", "Version {version}"),
    "licence": ("Licence", "Licens"),
    "changes": ("Changes", "Ändringar"),
    "foot": (
        "Every fact here names the lines of the document that says it.",
        "Varje uppgift här anger de rader i dokumentet som säger den.",
    ),
    "formats": ("This page as data", "Sidan som data"),
    "cite this": ("Cite this", "Citera"),
    "cited as": (
        "“{title}”. In: {dataset}{version}. <{iri}>{licence}.",
        "”{title}”. I: {dataset}{version}. <{iri}>{licence}.",
    ),
    "cited whole": (
        "{dataset}{version}. <{iri}>{licence}.",
        "{dataset}{version}. <{iri}>{licence}.",
    ),
    "of version": (", version {version}, {date}", ", version {version}, {date}"),
    "under": (". Licence: {licence}", ". Licens: {licence}"),
    # time
    "from": ("from {moment}", "från {moment}"),
    "until": ("until {moment}", "till {moment}"),
    "in": ("in {moment}", "{moment}"),
    "unknown time": ("time unknown", "okänd tid"),
    "certainly": ("certainly", "säkert"),
    "possibly": ("possibly", "möjligen"),
    "certain span": ("Certainly held from {first} to {last}.", "Gällde säkert från {first} till {last}."),
    "certain day": (
        "It is certain that it held at some time in {first} to {last}.",
        "Det är säkert att det gällde någon gång under {first} till {last}.",
    ),
    "began between": ("Began between {first} and {last}.", "Började mellan {first} och {last}."),
    "began by": ("Had begun by {last}.", "Hade börjat senast {last}."),
    "began after": ("Began on {first} or later.", "Började {first} eller senare."),
    "ended between": ("Ended between {first} and {last}.", "Slutade mellan {first} och {last}."),
    "ended after": (
        "Had not ended before {first}; the end is not told.",
        "Hade inte slutat före {first}; slutet är inte angivet.",
    ),
    "ended by": ("Had ended by {last}.", "Hade slutat senast {last}."),
    "no time": ("The documents do not say when.", "Dokumenten säger inte när."),
    # titles of what has no name
    "title membership": ("{who}: {role}, {what}", "{who}: {role}, {what}"),
    "title observation": ("{who}, {wave}: {item} – {value}", "{who}, {wave}: {item} – {value}"),
    "rank": ("rank {number}", "plats {number}"),
    "per cent": ("{number} per cent", "{number} procent"),
    "graph derived": ("What was derived", "Det som är härlett"),
    "graph description": ("The data set's description", "Datamängdens beskrivning"),
    "graph source": ("What “{source}” says", "Vad ”{source}” säger"),
    # kinds, one and many
    "kind dataset": ("Data set", "Datamängd"),
    "kinds dataset": ("Data sets", "Datamängder"),
    "kind source": ("Source", "Källa"),
    "kinds source": ("Sources", "Källor"),
    "kind organisation": ("Organisation", "Organisation"),
    "kinds organisation": ("Organisations", "Organisationer"),
    "kind unit": ("Unit", "Enhet"),
    "kinds unit": ("Units", "Enheter"),
    "kind initiative": ("Initiative", "Initiativ"),
    "kinds initiative": ("Initiatives", "Initiativ"),
    "kind person": ("Person", "Person"),
    "kinds person": ("People", "Personer"),
    "kind post": ("Post", "Befattning"),
    "kinds post": ("Posts", "Befattningar"),
    "kind place": ("Place", "Plats"),
    "kinds place": ("Places", "Platser"),
    "kind goal": ("Goal", "Mål"),
    "kinds goal": ("Goals", "Mål"),
    "kind solution": ("Solution", "Lösning"),
    "kinds solution": ("Solutions", "Lösningar"),
    "kind document": ("Policy document", "Styrdokument"),
    "kinds document": ("Policy documents", "Styrdokument"),
    "kind event": ("Event", "Händelse"),
    "kinds event": ("Events", "Händelser"),
    "kind group": ("Group", "Grupp"),
    "kinds group": ("Groups", "Grupper"),
    "kind membership": ("Membership", "Medlemskap"),
    "kinds membership": ("Memberships", "Medlemskap"),
    "kind statement": ("Statement", "Påstående"),
    "kinds statement": ("Statements", "Påståenden"),
    "kind observation": ("Survey answer", "Enkätsvar"),
    "kinds observation": ("Survey answers", "Enkätsvar"),
    "kind interval": ("Interval", "Tidsintervall"),
    "kinds interval": ("Intervals", "Tidsintervall"),
    "kind instant": ("Instant", "Tidpunkt"),
    "kinds instant": ("Instants", "Tidpunkter"),
    "kind graph": ("Graph", "Graf"),
    "kinds graph": ("Graphs", "Grafer"),
    # a thing's page
    "called": ("Name", "Namn"),
    "also called": ("Also called", "Kallas också"),
    "is a": ("Is", "Är"),
    "identifiers": ("Identifiers", "Identifierare"),
    "elsewhere": ("Elsewhere", "På andra håll"),
    "when": ("When", "När"),
    "certainty": ("Certainty", "Säkerhet"),
    "implied": ("implied", "underförstått"),
    "stated": ("stated", "angivet"),
    "why implied": ("Why it is implied", "Varför det är underförstått"),
    "roles": ("Roles", "Roller"),
    "role": ("Role", "Roll"),
    "members": ("Who takes part", "Vilka som deltar"),
    "who": ("Who", "Vem"),
    "takes part in": ("In", "I"),
    "through": ("Through", "Genom"),
    "said by": ("Said by", "Sagt av"),
    "lines": ("line {lines}", "rad {lines}"),
    "some lines": ("lines {lines}", "raderna {lines}"),
    "timeline": ("Timeline", "Tidslinje"),
    "timeline says": (
        (
            "Full bars: the years in which it certainly held. Light bars: the years in which it may have "
            "held, since the documents tell no more."
        ),
        (
            "Fyllda streck: år då det säkert gällde. Ljusa streck: år då det kan ha gällt, eftersom "
            "dokumenten inte säger mer."
        ),
    ),
    "partners": ("Partners", "Partner"),
    "shared": ("Initiatives in common", "Gemensamma initiativ"),
    "small network": ("Its network", "Dess nätverk"),
    "small network says": (
        "{name} and the {count} things it is tied to; the tables below say the same in words.",
        "{name} och de {count} ting det är förbundet med; tabellerna nedan säger detsamma i ord.",
    ),
    "small network part": (
        "{name} and {count} of the {all} things it is tied to; the tables below have all.",
        "{name} och {count} av de {all} ting det är förbundet med; tabellerna nedan har alla.",
    ),
    "small network one": (
        "{name} and the one thing it is tied to; the tables below say the same in words.",
        "{name} och det enda ting det är förbundet med; tabellerna nedan säger detsamma i ord.",
    ),
    "whole network": ("Open the whole network", "Öppna hela nätverket"),
    "statements": ("What is said of it", "Vad som sägs om det"),
    "inverse statements": (
        "What is said of others in its name",
        "Vad som sägs om andra i förhållande till det",
    ),
    "relation": ("Relation", "Relation"),
    "value": ("What", "Vad"),
    "events": ("Events", "Händelser"),
    "answers": ("Survey answers", "Enkätsvar"),
    "item": ("Question", "Fråga"),
    "wave": ("Wave", "Omgång"),
    "answer": ("Answer", "Svar"),
    "conflicts": ("Sources differ", "Källorna skiljer sig"),
    "conflicts say": (
        "Two sources, or two times, say different things. Both stand here.",
        "Två källor, eller två tidpunkter, säger olika saker. Båda står här.",
    ),
    "one side": ("One says", "En säger"),
    "other side": ("Another says", "En annan säger"),
    "mentions": ("Where it is mentioned", "Var det nämns"),
    "links here": ("What links here", "Vad som länkar hit"),
    "links none": ("Nothing in the graph links here.", "Inget i grafen länkar hit."),
    "and more": ("and {count} more; the Turtle has all", "och {count} till; Turtle-filen har alla"),
    "all triples": ("All {count} triples about it", "Alla {count} tripler om det"),
    "property": ("Property", "Egenskap"),
    "derived": ("derived", "härlett"),
    "nothing": (
        "The graph mentions this name and says nothing of it.",
        "Grafen nämner detta namn men säger inget om det.",
    ),
    "on this page": ("On this page", "På sidan"),
    # an edge's page
    "the fact": ("The fact", "Uppgiften"),
    "post": ("Post", "Befattning"),
    "in what": ("In what", "I vad"),
    "where it says so": ("Where it says so", "Var det står"),
    "line source": ("The document", "Dokumentet"),
    "no lines": ("No document is cited for this.", "Inget dokument anges för detta."),
    "follows": ("What follows from it", "Vad som följer av det"),
    "number of": ("{count} in all", "{count} sammanlagt"),
    "of time": ("Time of", "Tid för"),
    "graph has": (
        "A named graph of {count} statements. The TriG of the data set has it whole.",
        "En namngiven graf med {count} utsagor. Datamängdens TriG-fil har den i sin helhet.",
    ),
    "and more partners": ("and {count} more", "och {count} till"),
    # sources
    "sources say": (
        "The documents that the facts come from, what each supports, and how much of it is cited.",
        "Dokumenten som uppgifterna kommer från, vad vart och ett stöder, och hur mycket av det som anges.",
    ),
    "publisher": ("Publisher", "Utgivare"),
    "date": ("Date", "Datum"),
    "undated": ("not dated", "odaterat"),
    "in English": ("English", "engelska"),
    "in Swedish": ("Swedish", "svenska"),
    "no licence": ("none is told", "ingen är angiven"),
    "coverage": ("Lines that are cited", "Rader som anges"),
    "cited of": ("{cited} of {lines} lines", "{cited} av {lines} rader"),
    "what it says": ("What it says, line by line", "Vad den säger, rad för rad"),
    "never the sentences": (
        "The facts that its lines support. The sentences stand in the document alone.",
        "Uppgifterna som raderna stöder. Meningarna står bara i dokumentet.",
    ),
    "whole document": ("the whole document", "hela dokumentet"),
    "facts": ("Facts", "Uppgifter"),
    "which lines": ("Lines", "Rader"),
    "what it supports": ("What it supports", "Vad det stöder"),
    "supports nothing": ("no fact", "ingen uppgift"),
    # home
    "find": ("Find a thing by its name", "Hitta något efter namn"),
    "find how": ("Type a name, an alias or a part of one", "Skriv ett namn, ett alias eller en del av det"),
    "found": ("{count} found", "{count} hittade"),
    "found none": ("Nothing is called that.", "Inget heter så."),
    "picture": ("The network", "Nätverket"),
    "pass picture": ("Skip the picture", "Hoppa över bilden"),
    "picture says": (
        "{count} things and the ties between them. Open the network to search, filter and follow it.",
        "{count} ting och förbindelserna mellan dem. Öppna nätverket för att söka, filtrera och följa det.",
    ),
    "picture part": (
        "The {count} things with most ties, of {all}. Open the network to search, filter and follow it.",
        (
            "De {count} ting som har flest förbindelser, av {all}. Öppna nätverket för att söka, filtrera "
            "och följa det."
        ),
    ),
    "newest": ("Newest facts", "Nyaste uppgifterna"),
    "all things": ("All things, by kind", "Allt, efter slag"),
    "downloads": ("The whole data set", "Hela datamängden"),
    "what it holds": ("What it holds", "Vad den innehåller"),
    # questions
    "questions say": (
        "{count} questions, each with its answer and the SPARQL that gives it.",
        "{count} frågor, var och en med sitt svar och den SPARQL som ger det.",
    ),
    "parameters": ("Asked with", "Ställd med"),
    "all times": ("all times", "alla tider"),
    "replaced": (
        (
            "The question comes with another example, which this data set lacks; here it is asked of the "
            "thing with most ties."
        ),
        (
            "Frågan har ett annat exempel, som denna datamängd saknar; här ställs den om det ting som har "
            "flest förbindelser."
        ),
    ),
    "cannot be asked": (
        "This data set has nothing of the kind that the question is about: {kind}.",
        "Denna datamängd har inget av det slag som frågan gäller: {kind}.",
    ),
    "took too long": (
        "This answer took over {seconds} seconds or too much memory, and was given up. Ask for it: {command}",
        "Svaret tog över {seconds} sekunder eller för mycket minne och avbröts. Hämta det med: {command}",
    ),
    "answer too large": (
        "This answer is {size} MB long, more than there is room for here. Ask for it: {command}",
        "Svaret är {size} MB långt, mer än det finns plats för här. Hämta det med: {command}",
    ),
    "the answer": ("The answer", "Svaret"),
    "rows": ("{count} rows", "{count} rader"),
    "one row": ("1 row", "1 rad"),
    "no rows": (
        "The answer is empty: the data set says nothing of it.",
        "Svaret är tomt: datamängden säger inget om det.",
    ),
    "more rows": (
        "The first {shown} of {count} rows; the files have all.",
        "De första {shown} av {count} rader; filerna har alla.",
    ),
    "as chart": ("As a chart", "Som diagram"),
    "as network": ("As a network", "Som nätverk"),
    "as network says": ("The ties that the answer speaks of.", "Förbindelserna som svaret talar om."),
    "its sparql": ("Its SPARQL", "Dess SPARQL"),
    "run and edit": ("Run and edit it", "Kör och ändra den"),
    "download": ("Download", "Ladda ner"),
    "question file": ("question file", "frågefil"),
    # feeds
    "not found": ("This page is not here", "Sidan finns inte"),
    "not found says": (
        "What you look for has another address, or never had one here.",
        "Det du söker har en annan adress, eller har aldrig funnits här.",
    ),
    # the SPARQL page: `kg.site.query` hands each on without its first word
    "sparql lead": (
        "Ask the data in SPARQL. It is answered here, in your own browser; nothing is sent anywhere.",
        "Fråga data i SPARQL. Svaret räknas ut här, i din egen webbläsare; ingenting skickas någonstans.",
    ),
    "sparql without script": (
        (
            "Questions are answered by a program that runs in your browser, and JavaScript is switched off "
            "here. The answers to these questions stand on pages of their own:"
        ),
        (
            "Frågor besvaras av ett program som körs i din webbläsare, och JavaScript är avstängt här. "
            "Svaren på dessa frågor finns på egna sidor:"
        ),
    ),
    "sparql from file": (
        (
            "This page was opened from a file, and browsers let no page that is a file read another. Put "
            "the folder on any web server, such as “python -m http.server”, to ask here. The answers to "
            "these questions stand on pages of their own:"
        ),
        (
            "Sidan öppnades från en fil, och webbläsare låter ingen sida som är en fil läsa en annan. Lägg "
            "mappen på valfri webbserver, till exempel ”python -m http.server”, för att fråga här. Svaren "
            "på dessa frågor finns på egna sidor:"
        ),
    ),
    "sparql question": ("Question", "Fråga"),
    "sparql own": ("A question of your own", "En egen fråga"),
    "sparql query text": ("The question in SPARQL", "Frågan i SPARQL"),
    "sparql run": ("Ask", "Fråga"),
    "sparql cancel": ("Cancel", "Avbryt"),
    "sparql share": ("Copy link", "Kopiera länk"),
    "sparql keys": (
        "Ctrl+Enter asks, Ctrl+Space completes; Tab leaves the editor.",
        "Ctrl+Enter frågar, Ctrl+mellanslag fyller i; Tabb lämnar redigeraren.",
    ),
    "sparql loading": (
        "Fetching the data and what answers: {size} MB so far",
        "Hämtar data och det som svarar: {size} MB hittills",
    ),
    "sparql reading": ("Reading the data", "Läser data"),
    "sparql ready": ("Ready: {size} statements", "Klar: {size} utsagor"),
    "sparql running": ("Working out the answer", "Räknar ut svaret"),
    "sparql cancelled": ("Cancelled", "Avbruten"),
    "sparql copied": ("The link is copied", "Länken är kopierad"),
    "sparql in address": ("The link stands in the address bar", "Länken står i adressfältet"),
    "sparql answer": ("Answer", "Svar"),
    "sparql one row": ("1 row", "1 rad"),
    "sparql rows": ("{count} rows", "{count} rader"),
    "sparql one triple": ("1 triple", "1 trippel"),
    "sparql triples": ("{count} triples", "{count} tripler"),
    "sparql yes or no": ("Yes or no", "Ja eller nej"),
    "sparql yes": ("Yes", "Ja"),
    "sparql no": ("No", "Nej"),
    "sparql took": ("in {seconds} s", "på {seconds} s"),
    "sparql no rows": ("Nothing in the data answers this.", "Ingenting i data svarar på detta."),
    "sparql some rows": ("{first}–{last} of {count}", "{first}–{last} av {count}"),
    "sparql previous": ("Previous", "Föregående"),
    "sparql next": ("Next", "Nästa"),
    "sparql caption": (
        "The answer, row by row; a column's name sorts",
        "Svaret, rad för rad; en kolumns namn sorterar",
    ),
    "sparql table": ("Table", "Tabell"),
    "sparql network": ("Network", "Nätverk"),
    "sparql chart": ("Chart", "Diagram"),
    "sparql raw": ("As it is", "Som det är"),
    "sparql views": ("How the answer is shown", "Hur svaret visas"),
    "sparql save": ("Save", "Spara"),
    "sparql save as": ("Save as {form}", "Spara som {form}"),
    "sparql no ties": ("No row ties two things.", "Ingen rad förbinder två ting."),
    "sparql ties": ("{nodes} things and {edges} ties.", "{nodes} ting och {edges} förbindelser."),
    "sparql left out": ("{count} more are in the table.", "{count} till finns i tabellen."),
    "sparql bars": ("“{number}” by “{name}”", "”{number}” för ”{name}”"),
    "sparql cut": ("Here it is cut; the files have all.", "Här är det avklippt; filerna har allt."),
    "sparql at line": ("Line {line}, column {column}:", "Rad {line}, kolumn {column}:"),
    "sparql expected": ("Expected here: {what}.", "Här väntades: {what}."),
    "sparql not understood": ("This is not SPARQL from here on.", "Härifrån är det inte SPARQL."),
    "sparql unknown prefix": (
        "The prefix “{prefix}” is not declared.",
        "Prefixet ”{prefix}” är inte deklarerat.",
    ),
    "sparql too long": (
        "There was no answer within {seconds} seconds, and the question was stopped.",
        "Det kom inget svar inom {seconds} sekunder, och frågan stoppades.",
    ),
    "sparql failed": (
        "The question took more memory or depth than a browser has. The program was started anew.",
        "Frågan krävde mer minne eller djup än webbläsaren har. Programmet startades om.",
    ),
    "sparql not fetched": (
        "A file of this site did not come: {what}",
        "En fil på webbplatsen kom inte: {what}",
    ),
    "sparql broken link": ("The link is not one of this page.", "Länken är ingen som hör till sidan."),
    "sparql no question": ("There is no question “{name}”.", "Det finns ingen fråga ”{name}”."),
    "sparql a period": ("2018, 2018-05 or always", "2018, 2018-05 eller always"),
    "sparql any text": ("any text", "valfri text"),
    "sparql not a period": (
        "“{value}” is no year, month or day: 2015, 2015-05, 2015-05-21, or always.",
        "”{value}” är varken år, månad eller dag: 2015, 2015-05, 2015-05-21, eller always.",
    ),
    "sparql not a number": ("“{value}” is no whole number.", "”{value}” är inget heltal."),
    "sparql not a language": ("“{value}” is not one of en, sv.", "”{value}” är varken en eller sv."),
    "sparql not a text": ("“{value}” is no text.", "”{value}” är ingen text."),
    "sparql not an iri": ("“{value}” is no IRI.", "”{value}” är ingen IRI."),
    "sparql no name": ("Nothing here is called “{value}”.", "Inget här heter ”{value}”."),
    "sparql many names": (
        "“{value}” can mean {names}; write which.",
        "”{value}” kan betyda {names}; skriv vilken.",
    ),
    "sparql no place": (
        "The text no longer has the VALUES of “{name}”; choose the question again.",
        "Texten har inte längre VALUES för ”{name}”; välj frågan igen.",
    ),
    "sparql no parameter": (
        "The question has no parameter “{name}”.",
        "Frågan har ingen parameter ”{name}”.",
    ),
}
"""Each word or sentence by its key: English, Swedish."""
WORDS |= description_words.WORDS

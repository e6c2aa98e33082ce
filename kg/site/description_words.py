"""Words of the pages that describe: the data set's, the ontology's and the concepts', English and Swedish."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # the data set
    "about the data set": ("About the data set", "Om datamängden"),
    "triples": ("triples", "tripler"),
    "entities": ("things named", "namngivna ting"),
    "classes": ("classes", "klasser"),
    "properties": ("properties", "egenskaper"),
    "subjects": ("subjects", "subjekt"),
    "objects": ("objects", "objekt"),
    "its iri": ("IRI", "IRI"),
    "version word": ("Version", "Version"),
    "licence of data": ("Licence of the data", "Datas licens"),
    "licence of code": ("Licence of the code", "Kodens licens"),
    "vocabulary followed": ("Ontology", "Ontologi"),
    "catalogue": ("Catalogue", "Katalog"),
    "catalogue says": (
        "What is published here: the data set, the ontology that it is written in, and the concepts.",
        "Vad som publiceras här: datamängden, ontologin som den är skriven i, och begreppen.",
    ),
    "examples": ("Examples", "Exempel"),
    "ask it": ("Ask it", "Fråga den"),
    "file": ("File", "Fil"),
    "what it is": ("What it is", "Vad den är"),
    "size": ("Size", "Storlek"),
    "how it was made": ("How it was made", "Hur den är gjord"),
    "build says": (
        (
            "Built by innovation-kg {tool} from these documents: each fact is a row "
            "of a table and names the lines "
            "that say it; rules derive the rest."
        ),
        (
            "Byggd med innovation-kg {tool} av dessa dokument: varje uppgift är en "
            "rad i en tabell och anger de rader "
            "som säger den; regler härleder resten."
        ),
    ),
    "triples resting": ("Triples that rest on it", "Tripler som vilar på den"),
    "no licence told": ("none told", "ingen angiven"),
    "source licences": (
        "The texts of the documents are not part of the data; only facts and the numbers of lines are.",
        "Dokumentens texter ingår inte i datamängden, bara uppgifter och radnummer.",
    ),
    "links out": ("Links to other data sets", "Länkar till andra datamängder"),
    "links by": ("{count} links by {property}", "{count} länkar med {property}"),
    "classes title": ("By class", "Per klass"),
    "classes say": (
        (
            "How many things are of each class, and which properties they have. A "
            "thing can be of several classes."
        ),
        (
            "Hur många ting som hör till varje klass, och vilka egenskaper de har. "
            "Ett ting kan höra till flera klasser."
        ),
    ),
    "entities and triples": ("{entities} with {triples} triples", "{entities} med {triples} tripler"),
    "its definition": ("Its definition", "Dess definition"),
    "properties title": ("By property", "Per egenskap"),
    "namespaces": ("Namespaces", "Namnrymder"),
    "namespace": ("Namespace", "Namnrymd"),
    "prefix": ("Prefix", "Prefix"),
    "data set cited as": (
        "“{title}”, data set{version}. <{iri}>.",
        "”{title}”, datamängd{version}. <{iri}>.",
    ),
    "form ttl": ("The graph as Turtle, by kind of thing", "Grafen som Turtle, efter slags ting"),
    "form trig": (
        "The graph as TriG, with what each source says in a graph of its own",
        "Grafen som TriG, med vad varje källa säger i en egen graf",
    ),
    "form nt": ("The graph as N-Triples, sorted", "Grafen som N-Triples, sorterad"),
    "form nq": (
        "The graph as N-Quads, with its named graphs",
        "Grafen som N-Quads, med de namngivna graferna",
    ),
    "form canonical": (
        "The graph as canonical N-Quads (RDFC-1.0)",
        "Grafen som kanoniska N-Quads (RDFC-1.0)",
    ),
    "form vis": ("The network as JSON for vis-network", "Nätverket som JSON för vis-network"),
    "form cytoscape": ("The network as JSON for Cytoscape", "Nätverket som JSON för Cytoscape"),
    "form jsonld": ("The graph as JSON-LD", "Grafen som JSON-LD"),
    "form rdf": ("The graph as RDF/XML", "Grafen som RDF/XML"),
    "form graphml": ("The network as GraphML", "Nätverket som GraphML"),
    "form gexf": (
        "The network as GEXF, with its times, for Gephi",
        "Nätverket som GEXF, med tider, för Gephi",
    ),
    "form xlsx": ("The tables as an Excel workbook", "Tabellerna som en Excel-arbetsbok"),
    "form nodes": ("The network's nodes as a table", "Nätverkets noder som en tabell"),
    "form edges": ("The network's edges as a table", "Nätverkets kanter som en tabell"),
    "form sha256": ("The digest of the canonical N-Quads", "Kontrollsumman för de kanoniska N-Quads"),
    # the ontology
    "context": ("JSON-LD context", "JSON-LD-kontext"),
    "frame": ("JSON-LD frame", "JSON-LD-ram"),
    "more files": ("Its other files", "Dess andra filer"),
    "core": ("The core", "Kärnan"),
    "core says": (
        (
            "Blue: the ontology's own classes; the others are W3C ORG's, FOAF's, OWL-Time's and Data Cube's. "
            "A broken line means: is a kind of."
        ),
        (
            "Blått: ontologins egna klasser; de andra kommer från W3C ORG, FOAF, OWL-Time och Data Cube. "
            "En streckad linje betyder: är ett slags."
        ),
    ),
    "is a kind of": ("is a kind of", "är ett slags"),
    "all terms": ("All terms", "Alla termer"),
    "group classes": ("Classes", "Klasser"),
    "group properties": ("Properties", "Egenskaper"),
    "group datatypes": ("Datatypes", "Datatyper"),
    "term class": ("class", "klass"),
    "term object": ("property to a thing", "egenskap till ett ting"),
    "term data": ("property to a value", "egenskap till ett värde"),
    "term annotation": ("annotation", "annotering"),
    "term property": ("property", "egenskap"),
    "term datatype": ("datatype", "datatyp"),
    "above classes": ("Is a kind of", "Är ett slags"),
    "above properties": ("Follows from it", "Därav följer"),
    "below": ("More exact", "Mer precisa"),
    "domain": ("Said of", "Sägs om"),
    "range": ("Value", "Värde"),
    "inverse": ("Inverse", "Omvänd"),
    "apart": ("Never also", "Aldrig också"),
    "alignments": ("In other vocabularies", "I andra vokabulärer"),
    "aligned rdfs:subClassOf": ("a kind of", "ett slags"),
    "aligned rdfs:subPropertyOf": ("implies", "innebär"),
    "aligned skos:closeMatch": ("nearly", "nästan"),
    "aligned skos:exactMatch": ("the same as", "samma som"),
    "aligned rdfs:seeAlso": ("see also", "se även"),
    "used": ("{count} times in the data", "{count} gånger i data"),
    "all derived": ("always derived", "alltid härlett"),
    "some derived": ("{count} of them derived", "varav {count} härledda"),
    "not used": ("not used in the data", "används inte i data"),
    "use": ("Use", "Användning"),
    "term": ("Term", "Term"),
    "called here": ("Called here", "Kallas här"),
    "examples in the data": ("In the data", "I data"),
    "foreign terms": ("Terms of other vocabularies", "Termer ur andra vokabulärer"),
    "foreign say": (
        "What the data take from elsewhere, with how often. Their meaning is that of their own vocabulary.",
        "Vad data hämtar från annat håll, och hur ofta. Betydelsen är den som termens egen vokabulär ger.",
    ),
    "other vocabulary": ("Others", "Andra"),
    "rules title": (
        "What is asked of other vocabularies' classes",
        "Vad som krävs av andra vokabulärers klasser",
    ),
    "rules foreign": (
        "A membership, an organisation, an interval: what each must have here.",
        "Ett medlemskap, en organisation, ett intervall: vad vart och ett måste ha här.",
    ),
    "rules of": ("What is asked of {name}", "Vad som krävs av {name}"),
    "rules say": ("What is asked of each", "Vad som krävs av vart och ett"),
    "how many": ("How many", "Hur många"),
    "which values": ("Which values", "Vilka värden"),
    "in words": ("In words", "I ord"),
    "any number": ("any number", "hur många som helst"),
    "at least one": ("at least one", "minst ett"),
    "at most one": ("at most one", "högst ett"),
    "exactly one": ("exactly one", "exakt ett"),
    "some number": ("{least} to {most}", "{least} till {most}"),
    "one of some": ("one of {count} concepts", "ett av {count} begrepp"),
    "an iri": ("an IRI", "en IRI"),
    "a literal": ("a literal", "en literal"),
    "a blank node": ("a blank node", "en blank nod"),
    "an iri or literal": ("an IRI or a literal", "en IRI eller en literal"),
    "changes of terms": ("What changed", "Vad som har ändrats"),
    "version of": ("Version of", "Version av"),
    # concepts
    "concepts say": (
        (
            "The fixed words that facts are written with: roles, kinds of actor, "
            "methods, and what the survey asks."
        ),
        "De fasta ord som uppgifterna skrivs med: roller, slags aktörer, metoder, och vad enkäten frågar om.",
    ),
    "of skos:prefLabel": ("Name", "Namn"),
    "of skos:altLabel": ("Also called", "Kallas också"),
    "of skos:hiddenLabel": ("In documents", "I dokument"),
    "of skos:notation": ("Notation", "Beteckning"),
    "of skos:broader": ("Broader", "Överordnat"),
    "of skos:narrower": ("Narrower", "Underordnade"),
    "of skos:related": ("Related", "Närliggande"),
    "of skos:closeMatch": ("Nearly the same", "Nästan samma"),
    "of skos:exactMatch": ("The same", "Samma"),
    "of rdfs:seeAlso": ("See also", "Se även"),
    "used in the data": ("In the data", "I data"),
    "concept not used": ("Nothing in the data uses it.", "Inget i data använder det."),
}
"""Each word or sentence by its key: English, Swedish."""

"""Common first and last names of the three markets (GB, DE, US, in that order)."""

import unicodedata

FIRST = (
    (
        "Oliver Amelia George Isla Harry Ava Noah Emily Jack Sophie Leo Grace Oscar Freya Charlie Lily "
        "Archie Poppy Henry Evie Thomas Ruby Joshua Ella William Chloe James Daisy Samuel Alice Callum "
        "Niamh Rhys Megan Ewan Fiona Priya Arjun Aisha Omar"
    ),
    (
        "Anna Lukas Sophie Felix Marie Jonas Lena Paul Laura Maximilian Julia Leon Sarah Finn Katharina "
        "Elias Hannah Moritz Nina Jürgen Sabine Günter Ursula Björn Käthe Stefan Petra Thomas Monika "
        "Andreas Claudia Ayşe Mehmet Elif Matthias Jörg Bärbel"
    ),
    (
        "Emma Liam Olivia Noah Ava Mason Sophia Ethan Isabella Logan Mia Lucas Harper Aiden Abigail Jackson "
        "Madison Caleb Chloe Owen Maria Jose Sofia Diego Camila Luis Tyrone Keisha Wei Mei Hiroshi Anita "
        "Raj Grace Daniel Hazel Wyatt Nora Eli Zoe"
    ),
)
LAST = (
    (
        "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker "
        "White Roberts Green Hall Wood Jackson Clarke Patel Khan Lewis James Phillips Mason Mitchell Rose "
        "Davis Rodgers Cox Murphy Campbell Stewart MacDonald O'Brien Hughes Edwards Collins Begum Shah Ali "
        "Singh Bennett Carter Baker Shaw Reid Young Scott"
    ),
    (
        "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer "
        "Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt "
        "Werner Krause Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser "
        "Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Yılmaz Kaya"
    ),
    (
        "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez "
        "Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark "
        "Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams "
        "Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts"
    ),
)
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "'": None})


def in_ascii(name: str) -> str:
    """Write a name as people do in an e-mail address: Jürgen is juergen, O'Brien is obrien."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_GERMAN))
    return plain.encode("ascii", "ignore").decode()

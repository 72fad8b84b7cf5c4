"""A text search configuration for each language, and for names; which of them an item's words are read with."""

from django.db import migrations

LANGUAGES = {
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "nl": "dutch",
    "pt": "portuguese",
    "it": "italian",
    "sv": "swedish",
    "pl": "simple",  # PostgreSQL has no Polish stemmer: words are found as they are written
}


def made(name: str, stems: str) -> str:
    return f"""
do $$ begin
    if not exists (select from pg_ts_config where cfgname = '{name}') then
        create text search configuration {name} (copy = {stems});
        alter text search configuration {name} alter mapping for hword, hword_part, word
            with unaccent, {stems if stems == "simple" else stems + "_stem"};
    end if;
end $$;
"""


CHOOSE = f"""
create or replace function search_config(language text) returns regconfig language sql immutable parallel safe as $$
    select case language {" ".join(f"when '{code}' then 'watercooler_{code}'::regconfig" for code in LANGUAGES)}
        else 'watercooler'::regconfig end $$;
"""
MAKE = "".join(made(f"watercooler_{code}", stems) for code, stems in LANGUAGES.items()) + made(
    "watercooler_names", "simple"
)
# People, spaces and topics by the beginnings of the words of their names; trigrams are asked only for misspelt ones.
NAMES = """
create index if not exists search_people on people_person using gin (to_tsvector('watercooler_names', name));
create index if not exists search_spaces on spaces_space using gin (to_tsvector('watercooler_names', name))
    where purpose = 'space';
create index if not exists search_topics on content_topic using gin (to_tsvector('watercooler_names', name));
"""
UNMAKE = (
    "drop index if exists search_people, search_spaces, search_topics; drop function if exists search_config(text);"
    + "".join(f"drop text search configuration if exists watercooler_{code};" for code in [*LANGUAGES, "names"])
)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_common_words"),
        ("people", "0001_initial"),
        ("spaces", "0001_initial"),
        ("content", "0001_initial"),
    ]
    operations = [migrations.RunSQL(MAKE + CHOOSE + NAMES, UNMAKE)]

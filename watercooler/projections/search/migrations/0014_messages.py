"""Private messages are found by an index on their own words: no copy of them stands anywhere, and none is ever old."""

from django.db import migrations

# The database builds indexes with a search path of its own, on which our configurations do not lie.
MAKE = """
create or replace function search_message(language text, said text) returns tsvector
    language sql immutable parallel safe set search_path from current
    as $$ select to_tsvector(search_config(language), search_apart(said)) $$;
create index if not exists search_messages on conversations_message
    using gin (search_message(language, safe_html)) where removed_at is null and kind = 'said';
"""
UNMAKE = "drop index if exists search_messages; drop function if exists search_message(text, text);"


class Migration(migrations.Migration):
    dependencies = [("search", "0013_newest_replies"), ("conversations", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]

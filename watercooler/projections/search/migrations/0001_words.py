"""The text search configuration, and unaccent in the form that indexes accept."""

from django.db import migrations

MAKE = """
create or replace function immutable_unaccent(text) returns text language sql immutable parallel safe strict
    as $$ select public.unaccent('public.unaccent', $1) $$;
do $$ begin
    if not exists (select from pg_ts_config where cfgname = 'watercooler') then
        create text search configuration watercooler (copy = english);
        alter text search configuration watercooler alter mapping for hword, hword_part, word with unaccent, english_stem;
    end if;
end $$;
"""
UNMAKE = "drop text search configuration if exists watercooler; drop function if exists immutable_unaccent(text);"


class Migration(migrations.Migration):
    initial = True
    dependencies = [("base", "0001_extensions")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]

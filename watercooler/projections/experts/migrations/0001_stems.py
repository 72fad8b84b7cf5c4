"""The number that stands for a stem: the same on every version and machine, so that a dump can be loaded elsewhere."""

from django.db import migrations

MAKE = """
create or replace function stem_key(text) returns integer language sql immutable parallel safe strict
    as $$ select ('x' || left(md5($1), 8))::bit(32)::integer $$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("base", "0001_extensions"), ("search", "0001_words")]
    operations = [migrations.RunSQL(MAKE, "drop function if exists stem_key(text)")]

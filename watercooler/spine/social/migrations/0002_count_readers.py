"""Counts who read what, from the reading that was kept before anybody counted."""

from django.db import migrations

COUNT = """
update content_item i set read_count = v.people
from (select v.item_id, count(*) as people from social_viewed v join content_item i on i.id = v.item_id
      where v.person_id <> i.author_id group by v.item_id) v
where i.id = v.item_id
"""


class Migration(migrations.Migration):
    dependencies = [("social", "0001_initial"), ("content", "0003_read_count")]
    operations = [migrations.RunSQL(COUNT, migrations.RunSQL.noop)]

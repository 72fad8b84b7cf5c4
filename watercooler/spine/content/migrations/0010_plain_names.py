"""Take the links off the @names of nobody, which led to a page that is not there."""

import re

from django.db import migrations

MENTION = re.compile(r'<a class="mention" href="/people/([^"]*)">(@[^<]*)</a>')


def unlink(apps, schema_editor):
    handles = set(apps.get_model("people", "Person").objects.values_list("handle", flat=True))
    items = apps.get_model("content", "Item").objects.filter(safe_html__contains='class="mention"').only("safe_html")
    for item in items.iterator(500):
        plain = MENTION.sub(lambda found: found[0] if found[1] in handles else found[2], item.safe_html)
        if plain != item.safe_html:
            items.filter(pk=item.pk).update(safe_html=plain)


class Migration(migrations.Migration):
    dependencies = [("content", "0009_files_of_messages"), ("people", "0001_initial")]

    operations = [migrations.RunPython(unlink, migrations.RunPython.noop)]

"""Take the links off the @names of nobody, which led to a page that is not there."""

import re

from django.db import migrations

MENTION = re.compile(r'<a class="mention" href="/people/([^"]*)">(@[^<]*)</a>')


def unlink(apps, schema_editor):
    handles = set(apps.get_model("people", "Person").objects.values_list("handle", flat=True))
    messages = (
        apps.get_model("conversations", "Message")
        .objects.filter(safe_html__contains='class="mention"')
        .only("safe_html")
    )
    for message in messages.iterator(500):
        plain = MENTION.sub(lambda found: found[0] if found[1] in handles else found[2], message.safe_html)
        if plain != message.safe_html:
            messages.filter(pk=message.pk).update(safe_html=plain)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_openness"), ("people", "0001_initial")]

    operations = [migrations.RunPython(unlink, migrations.RunPython.noop)]

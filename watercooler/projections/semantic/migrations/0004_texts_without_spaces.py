from django.db import migrations

# Of a text without spaces between words the model read the beginning alone. What holds letters of such a script (Thai,
# Lao, Burmese, Khmer, kana, Chinese) and may be longer than its one vector knows is read anew; all else stays.
READ_ANEW = r"""
update semantic_entry e set is_due = true from content_item i
where i.id = e.item_id and e.place = 0 and not e.is_due and length(i.safe_html) > 100
  and octet_length(i.safe_html) > length(i.safe_html)
  and i.safe_html ~ '[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF]';
"""


class Migration(migrations.Migration):
    dependencies = [("semantic", "0003_parts")]

    operations = [migrations.RunSQL(READ_ANEW, migrations.RunSQL.noop)]

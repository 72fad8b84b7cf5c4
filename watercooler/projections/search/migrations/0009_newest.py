from __future__ import annotations

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0008_what_files_say")]
    operations = [
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["item"], name="search_newest", pages_per_range=16
            ),
        ),
    ]

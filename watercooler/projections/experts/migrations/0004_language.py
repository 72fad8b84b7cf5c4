from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("experts", "0003_known"), ("search", "0004_every_language")]
    operations = [migrations.AddField("entry", "language", models.CharField(default="en", max_length=2))]

"""Searches that found nothing, or nothing that anybody opened."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0005_narrow_rows")]

    operations = [
        migrations.CreateModel(
            name="VainSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(blank=True, max_length=300)),
                ("space_id", models.BigIntegerField(null=True)),
                ("found", models.IntegerField()),
                ("on", models.DateField()),
            ],
            options={"indexes": [models.Index(fields=["-on"], name="search_in_vain")]},
        ),
    ]

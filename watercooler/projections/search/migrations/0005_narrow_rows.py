"""Narrow rows with audience, language and size; counted words. The rows are thrown away: version 2 makes them anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0004_every_language")]

    operations = [
        migrations.RunSQL("truncate search_searchentry", migrations.RunSQL.noop),
        # Whether a hundred found items may be seen is read from here, and not from a hundred pages of the table.
        migrations.RunSQL(
            "create index if not exists search_seen on content_item (id) include (state, audience, space_id)",
            "drop index if exists search_seen",
        ),
        migrations.RemoveIndex(model_name="searchentry", name="search_quality"),
        migrations.RemoveField(model_name="searchentry", name="body"),
        migrations.AddField("searchentry", "audience", models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddField(
            "searchentry", "language", models.CharField(max_length=2, default=""), preserve_default=False
        ),
        migrations.AddField("searchentry", "size", models.IntegerField(default=0), preserve_default=False),
        migrations.AddIndex("searchentry", models.Index(fields=["space_id"], name="search_space")),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.TextField(primary_key=True, serialize=False)),
                ("items", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=2)),
                ("items", models.IntegerField()),
                ("mean_size", models.FloatField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "language"), name="search_total_once")],
            },
        ),
    ]

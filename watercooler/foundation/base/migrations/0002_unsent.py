"""Mails that the mail server has not taken yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("base", "0001_extensions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=320)),
                ("subject", models.CharField(max_length=300)),
                ("sealed", models.TextField()),
                ("lets_in", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("tries", models.IntegerField(default=0)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("again_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["again_at"], name="unsent_again")],
            },
        ),
    ]

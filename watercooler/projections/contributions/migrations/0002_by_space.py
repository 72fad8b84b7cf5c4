import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SUMS = ("helped", "posts", "questions", "answers", "accepted", "articles", "improved")


class Migration(migrations.Migration):
    """Sums by space. They are computed again at the next start, so the old ones need not be turned."""

    dependencies = [
        ("contributions", "0001_contributions"),
        ("spaces", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel("Contribution"),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "space_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="spaces.space",
                    ),
                ),
                *[(name, models.IntegerField(default=0)) for name in SUMS],
            ],
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models

# What has a vector keeps it. A text that may be longer than its vector knows is due: 600 characters of HTML, since the
# densest texts, code and languages that the model hardly knows, take a token for two or three.
PLACES = """
alter table semantic_entry add column place smallint not null default 0;
alter table semantic_entry alter column place drop default;
alter table semantic_entry drop constraint semantic_entry_pkey;
alter table semantic_entry add constraint semantic_entry_pkey primary key (item_id, place);
update semantic_entry e set is_due = true from content_item i
where i.id = e.item_id and not e.is_due and length(i.safe_html) > 600;
"""
BEGINNINGS_ALONE = """
delete from semantic_entry where place > 0;
alter table semantic_entry drop constraint semantic_entry_pkey;
alter table semantic_entry add constraint semantic_entry_pkey primary key (item_id);
alter table semantic_entry drop column place;
"""


class Migration(migrations.Migration):
    dependencies = [("semantic", "0002_languages")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(PLACES, BEGINNINGS_ALONE)],
            state_operations=[
                migrations.DeleteModel("Entry"),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "item_id", "place", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("place", models.SmallIntegerField(default=0)),
                        ("space_id", models.BigIntegerField()),
                        ("audience", models.BigIntegerField()),
                        ("is_due", models.BooleanField(default=True)),
                        (
                            "item",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="content.item",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(condition=models.Q(("is_due", True)), fields=["-item"], name="semantic_due"),
                            models.Index(fields=["space_id", "-item"], name="semantic_space"),
                            models.Index(
                                condition=models.Q(("audience", 0), _negated=True),
                                fields=["audience", "-item"],
                                name="semantic_closed",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]

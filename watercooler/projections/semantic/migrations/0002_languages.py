import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("semantic", "0001_initial")]

    operations = [
        # The worker measures the model's languages as it makes the vectors, which it does anew without a row here.
        migrations.RunSQL("delete from semantic_model", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="model",
            name="languages",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=2), default=list, size=None
            ),
        ),
    ]

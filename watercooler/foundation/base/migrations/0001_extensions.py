"""What PostgreSQL must be able to do before the first table: misspelt words and accents."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    operations = [TrigramExtension(), UnaccentExtension()]

"""What search does by the clock: counts words anew, so that rarity and spelling keep up."""

from __future__ import annotations

from django.utils import timezone

from watercooler.foundation.base.jobs import job
from watercooler.projections.search import statistics
from watercooler.projections.search.files import reading
from watercooler.projections.search.saved import matching, telling
from watercooler.projections.search.saved.models import SavedFind, SavedSearch, Tells
from watercooler.spine.content.models import Attachment


@job(name="search.keep_count", every="*/10 * * * *", attempts=1)
def keep_count() -> None:
    """Count words anew if what every member may read has grown or shrunk by a hundredth since."""
    if statistics.is_outdated():
        statistics.count_words()


@job(name="search.count_words", every="40 3 * * *", attempts=1)
def count_words() -> None:
    """Count words anew, once a day whatever happened."""
    statistics.count_words()


@job(name="search.look_for_saved")
def look_for_saved() -> None:
    """Hold what is new against saved searches, and tell those who asked to hear at once."""
    while telling.look(timezone.now()) == telling.AT_ONCE:
        pass


@job(name="search.tell_daily", every="0 5 * * *", attempts=2)
def tell_daily() -> None:
    """Tell those who asked to hear once a day, before most begin their work. Forgets what was found long ago."""
    now = timezone.now()
    telling.tell(Tells.DAILY, now)
    SavedFind.objects.filter(at__lt=now - telling.KEPT).delete()


@job(name="search.reckon_saved")
def reckon_saved() -> None:
    """Reckon anew by which words saved searches are looked up: rarity, languages and synonyms change."""
    statistics.forget()
    matching.reckon(SavedSearch.objects.filter(person__is_active=True).iterator(), timezone.now())


@job(name="search.reckon_saved_nightly", every="50 3 * * *", attempts=2)
def reckon_saved_nightly() -> None:
    """Reckon so once a day whatever happened, after words were counted."""
    reckon_saved()


@job(name="search.read_file", attempts=2)
def read_file(attachment_id: int) -> None:
    """Read what a file says, and let what it hangs on be found by it. Does nothing for a file that has gone."""
    file = Attachment.objects.filter(pk=attachment_id).first()
    if file is None or not reading.read_one(file):
        return
    item_id = Attachment.objects.filter(pk=attachment_id).values_list("item_id", flat=True).first()
    if item_id is not None:
        write_item(item_id)
        telling.look_again([item_id], timezone.now())


@job(name="search.write_item", attempts=2)
def write_item(item_id: int) -> None:
    """Let an item be found by what its files say now, and by nothing that went with one."""
    reading.write_again([item_id])


@job(name="search.read_files", every="*/10 * * * *", attempts=1)
def read_files() -> None:
    """Read the files that came otherwise, as with an import, or before files were read at all."""
    for attachment_id in reading.unread():
        read_file(attachment_id)

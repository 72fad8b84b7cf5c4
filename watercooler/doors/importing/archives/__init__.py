"""Archives as input: unpacked into a folder of their own, which is gone when the import ends, however it ends."""

from watercooler.doors.importing.archives.room import sweep
from watercooler.doors.importing.archives.unpack import is_archive, repacked, unpacked

__all__ = ["is_archive", "repacked", "sweep", "unpacked"]

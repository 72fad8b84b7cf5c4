"""Writing exports behind the answer, and removing those that have ended."""

from __future__ import annotations

from django.db.utils import InterfaceError, OperationalError

from watercooler.doors.exporting import kept
from watercooler.foundation.base.jobs import job


@job(name="exporting.write")
def write_export(export_id: int) -> None:
    """Write one export; if that fails, say so, so that it can be asked for again."""
    try:
        kept.write_out(export_id)
    except (OperationalError, InterfaceError):
        raise  # the database went away, so it could not be told either; the job is tried again
    except Exception:
        kept.fail(export_id)
        raise


@job(name="exporting.sweep", every="29 * * * *", attempts=1)
def sweep() -> None:
    """Remove exports that have ended."""
    kept.sweep()

"""What the content app does by the clock."""

from __future__ import annotations

from watercooler.foundation.base.files import keep as files
from watercooler.foundation.base.jobs import job
from watercooler.spine.content import acts


@job(name="content.publish_due", every="* * * * *", attempts=1)
def publish_due() -> None:
    """Publish what was scheduled for now or earlier."""
    acts.publish_due()


@job(name="content.count_topics", every="*/10 * * * *", attempts=1)
def count_topics() -> None:
    """Count what is on each topic, by which topics are sorted."""
    acts.count_topics()


@job(name="content.remind_of_checks", every="11 6 * * *", attempts=1)
def remind_of_checks() -> None:
    """Remind those who vouched for something that it ends soon."""
    while acts.remind_of_checks():
        pass


@job(name="content.sweep_files", every="17 * * * *", attempts=1)
def sweep_files() -> None:
    """Remove files that nothing holds: sent and never posted, or half sent."""
    while acts.drop_abandoned() == 500:
        pass
    files.sweep_incoming()


@job(name="content.sweep_extra_files", every="37 2 * * *", attempts=1)
def sweep_extra_files() -> None:
    """Remove files in keeping that no row names, as a process leaves one that dies in the middle of an upload."""
    acts.drop_extra()

"""The database engine named in the settings."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL whose kept connections are looked at before each request's first use."""

    def is_usable(self) -> bool:
        """Say whether the server still holds the other end.

        A server that went away left its last words in the socket; an idle connection has nothing to say. So a look at
        the socket (2 µs) does what the framework's own question (a round trip, some 150 µs) does, and only where
        something waits there, as it may be a notice, the question is asked.
        """
        opened = self.connection
        if opened is None or opened.closed:
            return False
        waiting = select.poll()
        waiting.register(opened.fileno(), select.POLLIN)
        return not waiting.poll(0) or bool(super().is_usable())

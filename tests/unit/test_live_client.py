"""One open stream: what waits for a reader who does not take it."""

from tests import loops
from watercooler.doors.live import hub as hubs
from watercooler.doors.live import reads
from watercooler.doors.live.hub import Client
from watercooler.foundation.base.viewer import STRANGER


def test_who_does_not_take_their_events_is_told_to_ask_again():
    async def story():
        client = Client("key", STRANGER, 7)
        for n in range(hubs.MOST_WAITING + 1):
            client.push(b"event %d" % n)
        return await client.take()

    assert loops.run(story()) == reads.encode("resync", {}, 7)

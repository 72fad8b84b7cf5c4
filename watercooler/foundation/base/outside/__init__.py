"""Reaching servers elsewhere, at addresses that people typed: webhooks, and feeds that are pulled in."""

from watercooler.foundation.base.outside.addresses import Forbidden, check
from watercooler.foundation.base.outside.door import Answer, NotReached, reach

__all__ = ["Answer", "Forbidden", "NotReached", "check", "reach"]

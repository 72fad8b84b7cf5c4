"""Lets the synchronous pages (WSGI) answer behind an asynchronous server (ASGI).

A request's body is taken in by the loop, in memory up to 256 KiB and in an unnamed file beyond, so a slow sender holds
no thread. One of a few threads runs the page. A finished page returns to the loop in one hop; a file is sent by the
server itself; anything longer flows in chunks no faster than its reader takes them, on a thread lent for it.
"""

from watercooler.config.bridge.bridge import Bridge

__all__ = ["Bridge"]

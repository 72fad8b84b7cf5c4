"""Communities that come as a Stack Exchange data dump: reading them, and bringing them in."""

from watercooler.doors.importing.stackexchange.dump import Dump, read
from watercooler.doors.importing.stackexchange.records import Badge, Comment, Edit, Link, Post, Record, Tag, User, Vote

__all__ = ["Badge", "Comment", "Dump", "Edit", "Link", "Post", "Record", "Tag", "User", "Vote", "read"]

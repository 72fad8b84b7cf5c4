"""Forums that come as Discourse's own JSON, a topic a file: reading them, and bringing them in."""

from watercooler.doors.importing.discourse.forum import Category, Forum, Post, Topic

__all__ = ["Category", "Forum", "Post", "Topic"]

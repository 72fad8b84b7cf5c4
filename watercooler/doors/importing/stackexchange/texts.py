"""The texts of posts and comments as this house shows and edits them, made beside what writes the batch before.

Further processes come here too: nothing in this module needs the framework.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from watercooler.doors.importing.hands import Share
from watercooler.doors.importing.stackexchange.records import Comment, Post
from watercooler.doors.importing.texts import LONGEST, Addresses, Text, markdown_of, without_pictures
from watercooler.foundation.base.text import clean_text
from watercooler.spine.content import markdown


def of_posts(share: Share[str, Text], site: str, posts: Sequence[Post], has_source: bool) -> list[tuple[Post, Text]]:
    """Return posts with their texts. has_source: their Markdown comes from elsewhere, so it is not made of the HTML."""
    work = partial(_of_post, Addresses(site), has_source)
    return list(zip(posts, share(work, [post.body for post in posts]), strict=True))


def _of_post(addresses: Addresses, has_source: bool, body: str) -> Text:
    html = addresses(body)
    if not html.strip() or len(body) > LONGEST:
        return Text(html)
    return Text(html, "" if has_source else markdown_of(html), markdown.taken_over(html))


def of_comments(share: Share[str, Text], site: str, comments: Sequence[Comment]) -> list[tuple[Comment, Text]]:
    """Return comments with their texts."""
    work = partial(_of_comment, Addresses(site))
    return list(zip(comments, share(work, [comment.text for comment in comments]), strict=True))


def _of_comment(addresses: Addresses, words: str) -> Text:
    source = without_pictures(addresses(words))
    return Text("", source, markdown.render_plainly(clean_text(source)) if len(words) <= LONGEST else None)

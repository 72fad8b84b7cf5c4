"""Small communities in the form of a Stack Exchange dump, in words of our own, for tests to write into a folder."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

ROOTS = {
    "Users": "users",
    "Tags": "tags",
    "Posts": "posts",
    "Comments": "comments",
    "Votes": "votes",
    "PostLinks": "postlinks",
    "Badges": "badges",
    "PostHistory": "posthistory",
}
DAY = "2016-02-0{}T10:00:00.000"

type Rows = list[dict[str, object]]


def users() -> Rows:
    return [
        {"Id": -1, "DisplayName": "Community", "CreationDate": DAY.format(1), "AccountId": -1},
        {
            "Id": 1,
            "DisplayName": "Mira Novak",
            "CreationDate": DAY.format(1),
            "AccountId": 501,
            "AboutMe": "<p>Bees.</p>",
        },
        {"Id": 2, "DisplayName": "Otto", "CreationDate": DAY.format(1), "AccountId": 502, "Reputation": 12},
        {"Id": 3, "DisplayName": "Otto", "CreationDate": DAY.format(2), "AccountId": 503},
        {"Id": 4, "DisplayName": "木村", "CreationDate": DAY.format(2)},
    ]


def tags() -> Rows:
    return [
        {"Id": 1, "TagName": "hives", "Count": 2, "ExcerptPostId": 20, "WikiPostId": 21},
        {"Id": 2, "TagName": "c#", "Count": 1},
    ]


def posts() -> Rows:
    first = "<p>My bees are <em>gone</em>.</p><script>alert(1)</script><img src='https://elsewhere.example/x.png'>"
    return [
        {"Id": 10, "PostTypeId": 1, "CreationDate": DAY.format(3), "Score": 4, "ViewCount": 90, "Body": first,
         "OwnerUserId": 1, "Title": "Where did my bees go?", "Tags": "<hives><c#>", "AcceptedAnswerId": 12,
         "LastEditDate": DAY.format(5)},
        {"Id": 11, "PostTypeId": 2, "ParentId": 10, "CreationDate": DAY.format(3), "Score": -1,
         "Body": "<p>No idea.</p>", "OwnerDisplayName": "user77"},
        {"Id": 12, "PostTypeId": 2, "ParentId": 10, "CreationDate": DAY.format(4), "Score": 7, "OwnerUserId": 2,
         "Body": '<p>They swarmed. <img src="https://pictures.example/s.png" alt="a swarm"> See '
                 '<a href="https://bees.example/questions/13/x">this</a>.</p>'},
        {"Id": 13, "PostTypeId": 1, "CreationDate": DAY.format(6), "Score": 0, "Body": "<p>Which paint?</p>",
         "OwnerUserId": 3, "Title": "Paint for hives", "Tags": "|hives|"},
        {"Id": 14, "PostTypeId": 2, "ParentId": 13, "CreationDate": DAY.format(6), "Score": 1, "OwnerUserId": -1,
         "Body": "<p>Linseed oil.</p>"},
        {"Id": 20, "PostTypeId": 4, "CreationDate": DAY.format(7), "Body": "<p>Houses for bees.</p>", "OwnerUserId": 1},
        {"Id": 21, "PostTypeId": 5, "CreationDate": DAY.format(7), "Body": "<p>All about hives.</p>", "OwnerUserId": 1},
        {"Id": 22, "PostTypeId": 7, "CreationDate": DAY.format(7), "Body": ""},
    ]  # fmt: skip


def comments() -> Rows:
    return [
        {
            "Id": 30,
            "PostId": 10,
            "Score": 2,
            "Text": "Was it *cold*, @Otto?",
            "CreationDate": DAY.format(3),
            "UserId": 3,
        },
        {
            "Id": 31,
            "PostId": 12,
            "Score": 0,
            "Text": "Thanks.",
            "CreationDate": DAY.format(5),
            "UserDisplayName": "user77",
        },
        {"Id": 32, "PostId": 999, "Score": 0, "Text": "Lost.", "CreationDate": DAY.format(5), "UserId": 1},
    ]


def votes() -> Rows:
    kinds = [(10, 2)] * 5 + [(10, 3)] + [(12, 2)] * 7 + [(11, 3), (12, 1), (999, 2), (10, 77)]
    rows: Rows = [
        {"Id": n, "PostId": post, "VoteTypeId": kind, "CreationDate": "2016-02-08T00:00:00.000"}
        for n, (post, kind) in enumerate(kinds, start=100)
    ]
    for n, user in ((200, {"UserId": 2}), (201, {})):
        rows.append({"Id": n, "PostId": 10, "VoteTypeId": 5, "CreationDate": "2016-02-08T00:00:00.000", **user})
    return rows


def links() -> Rows:
    return [
        {"Id": 40, "CreationDate": DAY.format(8), "PostId": 13, "RelatedPostId": 10, "LinkTypeId": 1},
        {"Id": 41, "CreationDate": DAY.format(8), "PostId": 13, "RelatedPostId": 10, "LinkTypeId": 3},
        {"Id": 42, "CreationDate": DAY.format(8), "PostId": 13, "RelatedPostId": 999, "LinkTypeId": 3},
    ]


def badges() -> Rows:
    return [
        {"Id": 50, "UserId": 1, "Name": "Teacher", "Date": DAY.format(8), "Class": 2},
        {"Id": 51, "UserId": 88, "Name": "Teacher", "Date": DAY.format(8), "Class": 3},
    ]


def history() -> Rows:
    first = {"PostId": 10, "RevisionGUID": "a", "CreationDate": DAY.format(3), "UserId": 1}
    second = {"PostId": 10, "RevisionGUID": "b", "CreationDate": DAY.format(5), "UserId": 2, "Comment": "spelling"}
    return [
        {"Id": 60, "PostHistoryTypeId": 2, "Text": "My bes are *gone*.", **first},
        {"Id": 61, "PostHistoryTypeId": 1, "Text": "Bees?", **first},
        {"Id": 62, "PostHistoryTypeId": 3, "Text": "<hives>", **first},
        {"Id": 63, "PostHistoryTypeId": 4, "Text": "Where did my bees go?", **second},
        {"Id": 64, "PostHistoryTypeId": 5, "Text": "My bees are *gone*.\n\n![hive](https://p.example/h.png)", **second},
        {"Id": 65, "PostHistoryTypeId": 6, "Text": "<hives><c#>", **second},
        {
            "Id": 66,
            "PostHistoryTypeId": 10,
            "PostId": 10,
            "RevisionGUID": "c",
            "CreationDate": DAY.format(6),
            "UserId": 2,
        },
        {
            "Id": 67,
            "PostHistoryTypeId": 2,
            "PostId": 20,
            "RevisionGUID": "d",
            "CreationDate": DAY.format(7),
            "Text": "x",
        },
    ]


def all_files() -> dict[str, Rows]:
    return {
        "Users": users(),
        "Tags": tags(),
        "Posts": posts(),
        "Comments": comments(),
        "Votes": votes(),
        "PostLinks": links(),
        "Badges": badges(),
        "PostHistory": history(),
    }


def row(**fields: object) -> str:
    """Return one row of a dump."""
    return (
        "  <row "
        + " ".join(f"{name}={quoteattr(str(value), {chr(10): '&#xA;'})}" for name, value in fields.items())
        + " />"
    )


def text(name: str, rows: Rows | list[str], head: str = '<?xml version="1.0" encoding="utf-8"?>\n') -> str:
    """Return a file of a dump. rows: records, or rows as they shall stand there."""
    lines = [each if isinstance(each, str) else row(**each) for each in rows]
    return "\n".join([f"{head}<{ROOTS[name]}>", *lines, f"</{ROOTS[name]}>"])


def write(folder: Path, files: dict[str, Rows] | None = None) -> Path:
    """Write a dump into a folder, with a byte order mark as the real ones have it. Returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (files or all_files()).items():
        (folder / f"{name}.xml").write_text("\ufeff" + text(name, rows), encoding="utf-8")
    return folder

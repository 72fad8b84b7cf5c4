"""Every type of page, as the addresses of one visit: what the walks of the browser tests look at."""

from __future__ import annotations

from functools import cache

from tests.browser.site import SPACE, Site

STRANGERS = ("/sign-in", "/sign-in/code", "/sign-in/forgotten", "/offline", "/invitation/no-such-token")
FIXED = (
    "/home", "/home?tab=following", "/home?tab=help-out", "/home?tab=saved", "/spaces", f"/spaces/{SPACE}/",
    f"/spaces/{SPACE}/questions", f"/spaces/{SPACE}/articles", f"/spaces/{SPACE}/about", f"/spaces/{SPACE}/members",
    f"/spaces/{SPACE}/settings", "/spaces/new", "/people", "/people/tomasz", "/people/tomasz/answers",
    "/people/tomasz/wall", "/people?q=defrost&open=1", "/people/priya/connect", "/people/priya/introduce",
    "/people/priya/both-know", "/me/connections", "/me/connections/requests", "/me/connections/alike",
    "/teams", "/teams?skill=Spreadsheets&skill=Zorbing&with=noah", "/who-knows?q=lockout",
    "/library", "/inbox", "/inbox/requests", "/inbox/levels", "/inbox/messages", "/inbox/messages/new",
    "/search", "/search?q=defrost", "/search/messages?q=wednesday",
    "/search?q=nothing-is-called-so", "/topics/defrost", "/compose?kind=question", "/compose?kind=article",
    "/me/settings", "/me/drafts", "/me/following", "/me/security", "/me/security/sessions", "/start", "/start/people",
    "/library/glossary", "/suggestions", "/me/not-for-me", "/me/searches", "/me/searches/new?q=defrost",
    "/studio/care", "/no-such-page", "/mentoring", "/mentoring/mentors?q=ground+source",
    "/mentoring/mentors?q=astronomy", "/mentoring/mentor", "/mentoring/wishes", "/mentoring/ask/elena",
)  # fmt: skip
LOOKED_UP = (
    ("/search?q=defrost&kind=question", r"/q/\d+/[\w-]+"),
    ("/search?q=defrost&kind=article", r"/a/\d+/[\w-]+"),
    ("/search?q=heat&kind=post", r"/p/\d+"),
)
OF_AN_ITEM = ("helped", "react", "rate", "recommend", "flag", "tags", "history", "moved")
ADMINISTRATOR = ("/studio/people", "/studio/people/new", "/studio/people/noah", "/studio/settings")


@cache
def walk(site: Site) -> list[tuple[str | None, str]]:
    """Return (who looks, address) of one page of every type: a stranger, a host, an administrator."""
    threads = [site.address_on("tomasz", path, pattern) for path, pattern in LOOKED_UP]
    pair = site.address_on("tomasz", "/mentoring", r"/mentoring/\d+")
    meeting = site.address_on("tomasz", pair, rf"{pair}/meetings/\d+")
    talk = site.address_on("priya", "/inbox/messages", r"/inbox/messages/\d+")
    item = threads[0].split("/")[2]
    article = threads[1].split("/")[2]
    verbs = [f"/items/{item}/{verb}" for verb in OF_AN_ITEM] + [f"/items/{article}/edit"]
    return [
        *((None, address) for address in STRANGERS),
        *(("tomasz", address) for address in (*FIXED, *threads, *verbs)),
        *(
            ("tomasz", address)
            for address in (pair, f"{pair}/agreement", f"{pair}/meetings", f"{pair}/closed", meeting)
        ),
        ("priya", talk),
        ("priya", f"{talk}/details"),
        ("mei", "/mentoring/numbers"),
        ("mei", site.address_on("mei", "/mentoring", r"/mentoring/\d+") + "/declined"),
        ("poppy", site.address_on("poppy", "/mentoring", r"/mentoring/\d+")),
        *(("yuki", address) for address in ADMINISTRATOR),
    ]

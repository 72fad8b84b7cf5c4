"""What the configuration of a site generator says, as text alone: its address, its base, its order of pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from watercooler.doors.importing.handbook import front

SETTINGS = re.compile(
    r"(?:\A|/)(?:_config\.ya?ml|mkdocs\.ya?ml|(?:hugo|config)\.(?:toml|ya?ml|json)|docusaurus\.config\.[cm]?[jt]s"
    r"|astro\.config\.[cm]?[jt]s|\.vitepress/config\.[cm]?[jt]s|\.vuepress/config\.[cm]?[jt]s|CNAME|book\.toml)\Z"
)
LISTS = re.compile(r"(?:\A|/)(?:summary|_sidebar|sidebar)\.md\Z", re.I)
SIDEBARS = re.compile(r"(?:\A|/)sidebars\.[cm]?[jt]s\Z")
LABELS = re.compile(r"(?:\A|/)(?:_category_\.(?:json|ya?ml)|\.pages|_meta\.(?:json|js|ts))\Z")
FURNITURE = re.compile(
    r"(?:\A|/)(?:_?summary|_sidebar|_footer|_header|_navbar|_coverpage)\.(?:md|markdown|mdx)\Z", re.I
)
DEEPEST = 3
MOST = 200_000
_ADDRESS = re.compile(
    r"^\s*[\"']?(?:site_url|url|baseurl|site)[\"']?\s*[:=]\s*[\"']?(https?://[^\s\"',#]+)", re.M | re.I
)
_BASE = re.compile(r"^\s*[\"']?(?:baseurl|base)[\"']?\s*[:=]\s*[\"']?(/[\w./-]*)", re.M | re.I)
_LINK = re.compile(r"(?:\]\(\s*<?|\[\[(?:[^\]|\n]*\|)?)([^)>\]\s][^)>\]\n]*?)>?(?:\s+\"[^\"]*\")?(?:\)|\]\])")
_NAV = re.compile(
    r"^\s*-\s+(?:(?:\"[^\"]*\"|'[^']*'|[^:\n\"']+):\s+)?[\"']?([^\s\"'#:]+\.(?:md|mdx|markdown))[\"']?\s*$", re.M
)


@dataclass(slots=True)
class Site:
    """addresses: what a link to the site itself begins with. bases: the paths it lies under, as "/handbook".

    values: "repository" → what `{{ site.repository }}` says. order: page → its place, where the site lists its pages.
    labels: folder → (its name, its place among its siblings).
    """

    addresses: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    labels: dict[str, tuple[str, float | None]] = field(default_factory=dict)

    def own(self, target: str) -> str:
        """Return a link to the site itself as a path from its top, any other as it is."""
        for address in self.addresses:
            if target.startswith(address) and (len(target) == len(address) or target[len(address)] in "/#?"):
                return target[len(address) :] or "/"
        return target

    def without_base(self, path: str) -> str | None:
        """Return a path from the top without the base that the site lies under, or None if it is not under one."""
        return next((path[len(base) :] or "/" for base in self.bases if f"{path}/".startswith(f"{base}/")), None)


def read(paths: Iterable[str], pages: dict[str, str], text: Callable[[str], str]) -> Site:
    """Read what a folder's settings say.

    pages: path in small letters → path. text: returns what a file says, "" if it cannot be read.
    """
    site = Site()
    for path in paths:
        if path.count("/") > DEEPEST + 3:
            continue
        if SETTINGS.search(path) and path.count("/") <= DEEPEST:
            _settings(site, path, text(path), pages)
        elif LISTS.search(path):
            _listed(site, path, _LINK.findall(text(path)), pages)
        elif SIDEBARS.search(path):
            named = re.findall(r"[\"']([\w./ -]{1,300})[\"']", text(path)[:MOST])
            _listed(site, posixpath.join(posixpath.dirname(path), "docs/x"), named, pages)
        elif LABELS.search(path):
            _labelled(site, path, text(path), pages)
    site.addresses = sorted({address.rstrip("/") for address in site.addresses}, key=len, reverse=True)
    site.bases = sorted({base.rstrip("/") for base in site.bases if base.strip("/")}, key=len, reverse=True)
    return site


def _settings(site: Site, path: str, said: str, pages: dict[str, str]) -> None:
    name = posixpath.basename(path)
    if name == "CNAME":
        if re.fullmatch(r"[\w.-]+\.[a-z]{2,}", host := said.strip().casefold()):
            site.addresses += [f"https://{host}", f"http://{host}"]
        return
    bases = [found.rstrip("/") for found in _BASE.findall(said)]
    for address in _ADDRESS.findall(said):
        parts = urlsplit(address)
        if parts.hostname and not re.search(r"(?:^|\.)(?:github\.com|gitlab\.com|example\.)", parts.hostname):
            site.addresses += [address, *(f"{address.rstrip('/')}{base}" for base in bases)]
            bases.append(parts.path.rstrip("/"))
    site.bases += bases
    if name.startswith("mkdocs"):
        _listed(
            site,
            posixpath.join(posixpath.dirname(path), "docs/x"),
            _NAV.findall(f"\n{said}".partition("\nnav:")[2]),
            pages,
        )
    if name in {"hugo.toml", "config.toml"}:
        head, _body, _lines = front.split(f"+++\n{said[: front.LONGEST - 10]}\n+++\n")
        site.values |= {k.removeprefix("params."): v for k, v in head.items() if isinstance(v, str)}
    if name.startswith("_config"):
        head, _body, _lines = front.split(f"---\n{said.removeprefix('---')[: front.LONGEST - 10]}\n---\n")
        site.values |= {key: value for key, value in head.items() if isinstance(value, str)}


def _listed(site: Site, path: str, links: Iterable[str], pages: dict[str, str]) -> None:
    folder = posixpath.dirname(path)
    for link in links:
        bare = unquote(link.partition("#")[0]).strip("/")
        place = posixpath.normpath(posixpath.join(folder, bare)).casefold()
        for name in (
            place,
            f"{place}.md",
            f"{place}.mdx",
            f"{place}/readme.md",
            f"{place}/index.md",
            place.replace(" ", "-") + ".md",
        ):
            if name in pages:
                site.order.setdefault(pages[name], len(site.order))
                break


def _labelled(site: Site, path: str, said: str, pages: dict[str, str]) -> None:
    folder, name = posixpath.split(path)
    if name.startswith("_category_"):
        head = front.split(f"---\n{said}\n---\n")[0] if name.endswith("ml") else front.split(said)[0]
        site.labels[folder] = front.said(head, "label"), front.number(head, "position")
    elif name == ".pages":
        title = re.search(r"^title:\s*(.+)$", said, re.M)
        if title:
            site.labels[folder] = title[1].strip().strip("\"'"), None
        _listed(site, path, _NAV.findall(said), pages)
    else:
        names = re.findall(r"^\s*[\"']?([\w.-]+)[\"']?\s*:", said, re.M)
        _listed(site, path, names, pages)

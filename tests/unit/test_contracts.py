"""The import contracts can fail."""

from __future__ import annotations

import grimp

from tests.contracts import Private


def graph(*imports: tuple[str, str]) -> grimp.ImportGraph:
    made = grimp.ImportGraph()
    for importer, imported in imports:
        made.add_import(importer=importer, imported=imported)
    return made


def check(*imports: tuple[str, str]) -> list[tuple[str, str]]:
    options = {"names": ["views", "projection"], "composers": ["house.config.urls"]}
    contract = Private(name="private", session_options={}, contract_options=options)
    broken: list[tuple[str, str]] = contract.check(graph(*imports), verbose=False).metadata["broken"]
    return broken


def test_an_app_uses_its_own_views() -> None:
    own = ("house.kinds.posts.urls", "house.kinds.posts.views")
    composer = ("house.config.urls", "house.kinds.posts.views")
    assert check(own, composer) == []


def test_another_apps_views_and_projections_are_closed() -> None:
    wrong = ("house.places.home.views", "house.kinds.posts.views")
    also = ("house.kinds.posts.reads", "house.projections.feed.projection")
    assert check(wrong, also) == [wrong, also]

"""Verbs: everything that can be said of one kind of act, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

from django.conf import settings

from watercooler.foundation.base.text import Words
from watercooler.foundation.base.viewer import Role

OURS = "https://w3id.org/watercooler/verbs/"


@dataclass(frozen=True, slots=True)
class Verb:
    """What an act is called, who may do it and who may know.

    name: past tense, unique. iri: the xAPI verb id. sentence: translated, with %(actor)s and %(item)s or %(person)s
    or %(space)s. kinds: which kinds of item it accepts; empty means any. needs: the least role. is_public: seen by
    everyone in the space; otherwise only by the actor. detail: the dataclass of its `detail`, or None. personal: the
    names of detail's fields to blank when a person is forgotten.
    """

    name: str
    iri: str
    sentence: Words
    kinds: frozenset[str] = frozenset()
    needs: Role = Role.GUEST
    is_public: bool = True
    detail: type | None = None
    personal: frozenset[str] = frozenset()


@cache
def registered() -> dict[str, Verb]:
    """Return name → verb of every module that settings.VERBS lists. Raises ValueError for a name used twice."""
    verbs: dict[str, Verb] = {}
    for path in settings.VERBS:
        for verb in _verbs_in(import_module(path)):
            if verb.name in verbs:
                raise ValueError(f"The verb {verb.name!r} is registered twice.")
            verbs[verb.name] = verb
    return verbs


def _verbs_in(module: ModuleType) -> list[Verb]:
    return [value for value in vars(module).values() if isinstance(value, Verb)]

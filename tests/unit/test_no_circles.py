"""No two modules take names from each other, not even at call time: each can be read, and understood, on its own."""

from graphlib import TopologicalSorter

import grimp


def test_no_two_modules_import_each_other():
    house = grimp.build_graph("watercooler", exclude_type_checking_imports=True, cache_dir=None)
    TopologicalSorter({room: house.find_modules_directly_imported_by(room) for room in house.modules}).prepare()

"""An import contract of our own: what is private to an app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importlinter import Contract, ContractCheck, fields, output

if TYPE_CHECKING:
    from grimp import ImportGraph


class Private(Contract):
    """Modules of these names are imported by their own package only, and by `composers`, which put the house together.

    import-linter's own `protected` needs one contract an app, because its allowed importers are the same for all.
    """

    names = fields.SetField(subfield=fields.StringField())
    composers = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        broken = [
            (importer, module)
            for module in sorted(graph.modules)
            if module.rpartition(".")[2] in self.names
            for importer in sorted(graph.find_modules_that_directly_import(module))
            if not self._may(importer, module)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _may(self, importer: str, module: str) -> bool:
        own = module.rpartition(".")[0]
        return importer in (self.composers or ()) or importer == own or importer.startswith(f"{own}.")

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, module in check.metadata["broken"]:
            output.print_error(f"{importer} imports {module}, which is private to its app.")
            output.new_line()

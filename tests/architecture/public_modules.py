"""A contract for import-linter: which modules of an area the rest of the house may import."""

from fnmatch import fnmatch

import grimp
from importlinter import Contract, ContractCheck, fields, output


class PublicModulesContract(Contract):
    """Every package in `container` is an area with private modules: others import only what a pattern of `public`
    names, relative to the container, and all in it. `frame` are packages that are no areas and public as a whole,
    `everywhere` those that may look into every area."""

    type_name = "public_modules"

    container = fields.StringField()
    public = fields.ListField(subfield=fields.StringField())
    frame = fields.ListField(subfield=fields.StringField())
    everywhere = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        imports = [
            (importer, imported)
            for imported in graph.find_descendants(str(self.container))
            if self._is_private(imported)
            for importer in graph.find_modules_that_directly_import(imported)
            if self._area_of(importer) not in (self._area_of(imported), *self._names(self.everywhere))
        ]
        used = {pattern for pattern in self._names(self.public) if self._is_used(pattern, graph)}
        idle = [pattern for pattern in self._names(self.public) if pattern not in used]
        return ContractCheck(kept=not imports and not idle, metadata={"imports": sorted(imports), "idle": idle})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["imports"]:
            output.print_error(f"- {importer} -> {imported}, which is private", bold=False)
        for pattern in check.metadata["idle"]:
            output.print_error(f"- {pattern} is public for nobody", bold=False)

    def _is_private(self, module: str) -> bool:
        area = self._area_of(module)
        inside = self._inside(module)
        return "." in inside and area not in self._names(self.frame) and not self._public_by(inside)

    def _public_by(self, inside: str) -> list[str]:
        parts = inside.split(".")
        rooms = [".".join(parts[:length]) for length in range(2, len(parts) + 1)]
        return [pattern for pattern in self._names(self.public) if any(fnmatch(room, pattern) for room in rooms)]

    def _is_used(self, pattern: str, graph: grimp.ImportGraph) -> bool:
        """Whether somebody from outside imports what only this pattern makes public."""
        return any(
            self._area_of(importer) != self._area_of(imported)
            for imported in graph.find_descendants(str(self.container))
            if self._public_by(self._inside(imported)) == [pattern]
            for importer in graph.find_modules_that_directly_import(imported)
        )

    def _area_of(self, module: str) -> str:
        return self._inside(module).split(".")[0]

    def _inside(self, module: str) -> str:
        return module.removeprefix(f"{self.container}.")

    @staticmethod
    def _names(value: object) -> list[str]:
        return [str(name) for name in value] if isinstance(value, list) else []

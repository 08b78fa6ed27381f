"""Changes lines of modules as they are imported: a mutant is planted without a file of ours changing.

Python imports this by itself where its folder is on PYTHONPATH. CXM_TEST_MUTANT names a file:
{"process": "gateway.main", "changes": {module: [[text that must be there once, text in its place], ...]}}.
Other processes, and all where there is no such file, are left as they are.
"""

import json
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType


class Mutated(SourceFileLoader):
    """Compiles the changed source."""

    changes: Sequence[tuple[str, str]] = ()

    def get_code(self, fullname: str) -> CodeType:
        source = Path(self.path).read_text()
        for old, new in self.changes:
            if source.count(old) != 1:
                raise ImportError(f"{fullname} has not once: {old}")
            source = source.replace(old, new)
        code = compile(source, self.path, "exec")
        assert isinstance(code, CodeType)
        return code


class Planter(MetaPathFinder):
    """Finds the modules that are to be changed."""

    def __init__(self, mutant: dict[str, list[tuple[str, str]]]) -> None:
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        changes = self.mutant.get(fullname)
        spec = PathFinder.find_spec(fullname, path, target) if changes else None
        if spec is None or spec.origin is None:
            return None
        spec.loader = Mutated(fullname, spec.origin)
        spec.loader.changes = changes or ()
        return spec


_planted = Path(os.environ.get("CXM_TEST_MUTANT", ""))
if _planted.is_file():
    _mutant = json.loads(_planted.read_text())
    if _mutant["process"] in sys.orig_argv:
        sys.meta_path.insert(0, Planter(_mutant["changes"]))

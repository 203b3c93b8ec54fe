"""The house: imports go down the list of rooms only, and files stay short enough to read in one sitting."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import counterclaim

ROOT = Path(counterclaim.__file__).parent
#: The rooms from the ground up: each may import those before it in the list (and itself), never one after it.
ROOMS = [
    "types", "errors", "lexicon", "countries", "conflict", "fetch", "passages", "sources", "language", "reading",
    "record", "store", "views", "exports", "desk", "bulk", "evaluate", "cli", "__init__", "__main__",
]  # fmt: skip
LONGEST = 420


def room(module: str) -> str:
    """The room of a dotted module name under `counterclaim`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def sources() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Every module of ours that a file imports, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            if node.module == "counterclaim":
                found |= {
                    f"counterclaim.{a.name}"
                    for a in node.names
                    if (ROOT / a.name).is_dir() or (ROOT / f"{a.name}.py").exists()
                }
            else:
                found.add(node.module)
    return {m for m in found if m.split(".")[0] == "counterclaim"}


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_down_the_house(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0].removesuffix(".py")
    assert own in ROOMS, f"{own} is no room of the house: give it a place in the list"
    up = {m for m in imports(path) if ROOMS.index(room(m)) > ROOMS.index(own)}
    assert not up, f"{path} imports up the house: {sorted(up)}"


def test_an_import_up_the_house_is_seen(tmp_path: Path) -> None:
    bad = tmp_path / "types.py"
    bad.write_text("def f():\n    from counterclaim.reading import read\n")
    assert imports(bad) == {"counterclaim.reading"}


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST

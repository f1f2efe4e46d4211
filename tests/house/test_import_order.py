"""The house: who may import whom, what stays pure, and that the web never loads the arithmetic."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.live import loaded_by_web

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "swipe"
# Each name may import itself and what stands in a later row.
ROWS = (
    (
        "__init__",
        "cli",
        "areas_cli",
        "boundaries_cli",
        "cards_cli",
        "simulate_cli",
        "figures_cli",
        "city_cli",
        "work",
        "about",
        "demo_command",
        "doctor",
        "serving",
        "migrations",
    ),
    ("simulation",),
    ("reports",),
    ("alerts",),
    ("outreach",),
    ("insight",),
    ("participation",),
    ("decks",),
    ("inspection",),
    ("surveys",),
    ("brand",),
    ("areas", "media"),
    ("accounts",),
    ("web", "static", "hearing"),
    (
        "db",
        "lease",
        "errors",
        "config",
        "strictjson",
        "spreadsheet",
        "legible",
        "catalogues",
        "joining",
        "lightening",
        "oklab",
        "smtp_url",
        "hook_hosts",
    ),
)
# The same inside the largest room, which has rooms of its own.
INSIGHT_ROWS = (
    ("snapshots", "verifying"),
    ("documents",),
    ("comparing",),
    ("tables", "representing"),
    ("disclosure",),
    ("estimating", "research", "api"),
    ("counting", "reading"),
    ("lines", "city_rows"),
    ("__init__", "models", "sentences", "canonical"),
)


def ranks(rows: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    return {name: rank for rank, row in enumerate(rows) for name in row}


RANK, INSIGHT_RANK = ranks(ROWS), ranks(INSIGHT_ROWS)
PURE_MAY_IMPORT = {"numpy", "scipy"}


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "carried" not in path.parts and "versions" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def room_of(path: Path, house: Path = PACKAGE) -> str:
    return path.relative_to(house).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of everything imported, `from swipe import x` as `swipe.x`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                name = f"swipe.{alias.name}" if node.module == "swipe" else node.module
                yield node.lineno, name


def test_every_room_has_its_place_in_the_order() -> None:
    assert {room_of(path) for path, _tree in modules()} <= RANK.keys()


def test_no_line_imports_upward() -> None:
    wrong = []
    for path, tree in modules():
        room = room_of(path)
        for line, name in imported(tree):
            parts = name.split(".")
            if parts[0] != "swipe" or len(parts) < 2 or parts[1] not in RANK or parts[1] == room:
                continue
            if RANK[parts[1]] < RANK[room]:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert wrong == []


def test_the_rooms_of_insight_have_an_order_of_their_own() -> None:
    house = PACKAGE / "insight"
    wrong = []
    for path, tree in modules():
        if not path.is_relative_to(house):
            continue
        room = room_of(path, house)
        assert room in INSIGHT_RANK, path
        for line, name in imported(tree):
            parts = name.split(".")
            if parts[:2] != ["swipe", "insight"] or len(parts) < 3 or parts[2] == room:
                continue
            if INSIGHT_RANK[parts[2]] <= INSIGHT_RANK[room]:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert wrong == []


def test_rooms_of_the_same_row_do_not_import_each_other_in_a_circle() -> None:
    pairs = {
        (room_of(path), name.split(".")[1])
        for path, tree in modules()
        for _line, name in imported(tree)
        if name.startswith("swipe.") and name.split(".")[1] in RANK
    }
    assert {(a, b) for a, b in pairs if a != b and (b, a) in pairs} == set()


def test_no_import_hides_inside_a_function() -> None:
    hidden = [
        f"{path.relative_to(ROOT)}:{line}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for line, _name in imported(node)
    ]
    assert hidden == []


def is_pure(tree: ast.Module) -> bool:
    return (ast.get_docstring(tree) or "").startswith("Pure:")


def test_pure_modules_import_only_the_standard_library_arithmetic_and_each_other() -> None:
    pure = {path for path, tree in modules() if is_pure(tree)}
    allowed_beside = {
        # A pure room may raise our own refusals, and these two need one library each.
        "strictjson.py": {"orjson"},
        "pixels.py": {"PIL", "pillow_heif"},
        "variants.py": {"PIL"},
        "logo_pixels.py": {"PIL"},
    }
    wrong = []
    for path in sorted(pure):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for line, name in imported(tree):
            top = name.split(".")[0]
            if top == "swipe":
                target = PACKAGE.joinpath(*name.split(".")[1:]).with_suffix(".py")
                fine = target in pure or name == "swipe.errors"
            else:
                beside = PURE_MAY_IMPORT | allowed_beside.get(path.name, set())
                fine = top in sys.stdlib_module_names or top in beside
            if not fine:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert wrong == []


def test_only_edges_commit() -> None:
    edges = {"api", "pages", "cli", "work"}
    wrong = [
        str(path.relative_to(ROOT))
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "commit"
        and not (edges & set(path.stem.split("_")) or path.stem in ("demo", "env"))
    ]
    assert wrong == []


def test_the_web_process_never_loads_numpy_or_scipy(tmp_path: Path) -> None:
    assert not loaded_by_web(tmp_path) & {"numpy", "scipy"}

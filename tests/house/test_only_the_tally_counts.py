"""Every shown number comes from a snapshot: no room but the tally counts what people answered."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.test_import_order import ROOT, modules

# Who may touch the answers: receiving and the app's own room, and the one that counts them.
SWIPES_IN = ("swipe/participation/", "swipe/insight/counting/tally.py")
# Who may name a participation beside them, and why.
PEOPLE_IN = {
    "swipe/insight/counting/noting.py": "writes who was counted; reads and counts nothing",
    "swipe/simulation/neighbours.py": "asks which made-up neighbour has answered already",
}
# A table in SQL text; "from swipe import …" is Python and stands in no string.
IN_TEXT = re.compile(r"\b(from|join|into|update|table)\s+\"?(swipe|participation)\b", re.IGNORECASE)


def owns(path: str, places: tuple[str, ...]) -> bool:
    return path.startswith(places)


def names_of(tree: ast.AST, model: str) -> Iterator[int]:
    """Yield the lines that import or reach for a model, by whatever way."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("swipe.participat"):
            yield from (node.lineno for alias in node.names if alias.name in (model, "*"))
        elif isinstance(node, ast.Attribute) and node.attr == model:
            yield node.lineno


def tables_in_text(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and table of every SQL text; docstrings speak of much and run nothing."""
    spoken = {id(doc) for node in ast.walk(tree) if (doc := _docstring(node)) is not None}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = [] if id(node) in spoken else IN_TEXT.finditer(node.value)
            yield from ((node.lineno, one[2].lower()) for one in found)
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            yield node.lineno, str(node.slice.value)  # metadata.tables["swipe"]


def _docstring(node: ast.AST) -> ast.AST | None:
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    return first.value if isinstance(first, ast.Expr) else None


def touched(model: str, table: str) -> Iterator[str]:
    for path, tree in modules():
        where = path.relative_to(ROOT).as_posix()
        if "/migrations/" in where or owns(where, SWIPES_IN):
            continue
        lines = [*names_of(tree, model), *(n for n, name in tables_in_text(tree) if name == table)]
        yield from (f"{where}:{line}" for line in sorted(set(lines)))


def test_no_other_room_reads_answers() -> None:
    assert list(touched("Swipe", "swipe")) == []


def test_participations_are_named_elsewhere_only_where_it_is_written_why() -> None:
    places = {place.rpartition(":")[0] for place in touched("Participation", "participation")}
    assert places == set(PEOPLE_IN)


def test_whoever_else_names_a_participation_counts_none() -> None:
    wrong = []
    for path in PEOPLE_IN:
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("count", "sum", "group_by"):
                wrong.append(f"{path}:{node.lineno}")
    assert wrong == []


@pytest.mark.parametrize(
    "code",
    [
        "from swipe.participation.models import Participation, Swipe",
        "from swipe.participation import models\nmodels.Swipe",
        "db.metadata.tables['swipe']",
        "text('select count(*) from swipe where survey = :s')",
        "text(f'select 1 from participation p JOIN swipe on {x}')",
    ],
)
def test_the_rule_sees_every_way_to_the_answers(code: str) -> None:
    tree = ast.parse(code)
    found = [
        *names_of(tree, "Swipe"),
        *(n for n, table in tables_in_text(tree) if table == "swipe"),
    ]
    assert found


def test_the_rule_looks_at_the_rooms_there_are() -> None:
    assert all((ROOT / path).exists() for path in (*SWIPES_IN, *PEOPLE_IN))
    assert Path(ROOT / "swipe/insight/reading.py").exists()

"""The SQL of receiving as Core, compiled once for an engine into plain text."""

from typing import Any, NamedTuple

from sqlalchemy import Boolean, Dialect, bindparam, case, delete, not_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from swipe.participation.models import Participation, Swipe
from swipe.participation.parsing import SwipeRow
from swipe.surveys.models import Survey

CONTENT = (
    "complete",
    "at",
    "lives_here",
    "age_band",
    "gender",
    "household",
    "language",
    "channel",
    "mode",
)
_WRITTEN = ("revision", *CONTENT, "flags")
PENDING_TURN = 32_000  # the small integer starts over; the worker only asks whether it changed


_PEOPLE: Any = Participation.__table__
_ANSWERS: Any = Swipe.__table__
_SURVEY: Any = bindparam("survey_id")
_WHO: Any = bindparam("who")


class Made(NamedTuple):
    """A compiled statement: its text, the order of its parameters, and those it brings itself."""

    text: str
    order: tuple[str, ...]
    fixed: dict[str, Any]


def compiled(dialect: Dialect) -> dict[str, Made]:
    """Return every statement of receiving as text for an engine."""
    return {name: _made(core, dialect) for name, core in _core(dialect.name == "sqlite").items()}


def _made(core: Any, dialect: Dialect) -> Made:
    compiled: Any = core.compile(dialect=dialect)
    return Made(str(compiled), tuple(compiled.positiontup or ()), dict(compiled.params))


def _core(embedded: bool) -> dict[str, Any]:
    """Return every statement of receiving; the keys say what each does."""
    return _reads() | _person_writes(embedded) | _answer_writes(embedded)


def _mine() -> Any:
    return (Participation.survey == _SURVEY) & (Participation.uuid == _WHO)


def _answers() -> Any:
    return (Swipe.survey == _SURVEY) & (Swipe.participation == _WHO)


def _reads() -> dict[str, Any]:
    times = (Survey.version, Survey.published_at, Survey.opens_at, Survey.closes_at)
    standing = (
        Participation.revision,
        Participation.status,
        Participation.pending,
        Participation.counted,
    )
    content = [getattr(Participation, name) for name in CONTENT]
    of_this_survey = Survey.__table__.outerjoin(_PEOPLE, (_PEOPLE.c.survey == Survey.id) & _mine())
    answer = [getattr(Swipe, name) for name in SwipeRow._fields]
    return {
        "held": select(*times, *standing, *content)
        .select_from(of_this_survey)
        .where(Survey.id == _SURVEY),
        "swipes": select(*answer).where(_answers()),
    }


def _person_writes(embedded: bool) -> dict[str, Any]:
    insert = sqlite.insert if embedded else postgresql.insert
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _WRITTEN}
    new["pending"] = _reckoned_pending()
    as_read = _mine() & (Participation.revision == bindparam("held_revision"))
    live = as_read & (Participation.status == "live")
    return {
        "insert": insert(_PEOPLE).on_conflict_do_nothing(),
        "update": update(_PEOPLE).where(live).values(**new),
        "bury": update(_PEOPLE).where(live).values(**new, day=None, status="withdrawn"),
    }


def _reckoned_pending() -> Any:
    """Return `pending` as the database reckons it from the row as it stands.

    What a request has read of `pending` and `counted` may be older than what the worker has just
    cleared.
    """
    in_figures = or_(_PEOPLE.c.counted, bindparam("stands", type_=Boolean))
    differs = bindparam("differs", type_=Boolean)
    raised = _PEOPLE.c.pending % PENDING_TURN + 1
    return case((not_(in_figures), 0), (differs, raised), else_=_PEOPLE.c.pending)


def _answer_writes(embedded: bool) -> dict[str, Any]:
    insert = sqlite.insert if embedded else postgresql.insert
    return {
        "forget": delete(Swipe).where(_answers()),
        "add_swipe": insert(_ANSWERS),
        "remove_swipe": delete(Swipe).where(_answers() & (Swipe.card == bindparam("gone"))),
    }

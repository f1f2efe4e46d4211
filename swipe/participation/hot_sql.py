"""The SQL of receiving as Core, compiled once for an engine into plain text."""

from typing import Any, NamedTuple

from sqlalchemy import Boolean, Dialect, bindparam, case, delete, not_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from swipe.participation.models import Participation, Swipe
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
    survey_id: Any = bindparam("survey_id")
    who: Any = bindparam("who")
    mine = (Participation.survey == survey_id) & (Participation.uuid == who)
    answers = (Swipe.survey == survey_id) & (Swipe.participation == who)
    table: Any = Participation.__table__
    answers_table: Any = Swipe.__table__
    content = [table.c[name] for name in CONTENT]
    insert = sqlite.insert if embedded else postgresql.insert
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _WRITTEN}
    # Reckoned by the database from the row as it stands: what this request read of `pending` and
    # `counted` may be older than what the worker has just cleared.
    in_figures = or_(table.c.counted, bindparam("stands", type_=Boolean))
    differs = bindparam("differs", type_=Boolean)
    new["pending"] = case(
        (not_(in_figures), 0),
        (differs, table.c.pending % PENDING_TURN + 1),
        else_=table.c.pending,
    )
    as_read = mine & (Participation.revision == bindparam("held_revision"))
    live = as_read & (Participation.status == "live")
    join = Survey.__table__.outerjoin(
        table, (Participation.survey == Survey.id) & (Participation.uuid == who)
    )
    return {
        "held": select(
            Survey.version,
            Survey.published_at,
            Survey.opens_at,
            Survey.closes_at,
            Participation.revision,
            Participation.status,
            Participation.pending,
            Participation.counted,
            *content,
        )
        .select_from(join)
        .where(Survey.id == survey_id),
        "swipes": select(
            Swipe.card,
            Swipe.answer,
            Swipe.ms,
            Swipe.input,
            Swipe.seq,
            Swipe.position,
            Swipe.undone,
        ).where(answers),
        "insert": insert(table).on_conflict_do_nothing(),
        "update": update(table).where(live).values(**new),
        "bury": update(table).where(live).values(**new, day=None, status="withdrawn"),
        "forget": delete(Swipe).where(answers),
        "add_swipe": insert(answers_table),
        "remove_swipe": delete(Swipe).where(answers & (Swipe.card == bindparam("gone"))),
    }

"""What the database can hold about a citizen: exactly these columns and nothing else."""

from swipe.db import Base
from swipe.participation.models import Participation, Swipe

PARTICIPATION = {
    "survey": "which survey",
    "uuid": "random, made on the phone",
    "revision": "how often the document changed",
    "day": "the finest time there is",
    "complete": "whether the deck was finished",
    "pending": "whether a figure may change",
    "counted": "whether a figure holds it",
    "at": "the card on screen",
    "lives_here": "optional",
    "age_band": "optional, fifteen years wide",
    "gender": "optional",
    "household": "optional",
    "language": "of the app",
    "channel": "how people came",
    "mode": "phone, kiosk, paper",
    "code_verified": "yes or no, never the code",
    "status": "live or withdrawn",
    "flags": "by the published rule",
}
SWIPE = {"survey", "participation", "card", "answer", "ms", "input", "seq", "position", "undone"}


def test_a_participation_has_no_column_beyond_the_written_list() -> None:
    assert set(Participation.__table__.columns.keys()) == set(PARTICIPATION)


def test_a_swipe_has_no_column_beyond_the_written_list() -> None:
    assert set(Swipe.__table__.columns.keys()) == SWIPE


def test_no_answer_knows_a_time_finer_than_a_day() -> None:
    for table in (Participation.__table__, Swipe.__table__):
        assert "DATETIME" not in {str(column.type).upper() for column in table.columns}


def test_nothing_points_from_staff_or_elsewhere_at_an_answer() -> None:
    pointing = {
        (table.name, key.column.table.name)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in ("participation", "swipe")
    }
    assert pointing == {("swipe", "participation")}

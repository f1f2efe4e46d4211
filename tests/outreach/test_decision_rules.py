"""The rules of a decision hold for whatever anybody writes."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from swipe.legible import misleads
from swipe.outreach.decision_rules import (
    LONGEST,
    MOST_CARDS,
    SHORTEST,
    STATES,
    DecisionValues,
    Frame,
    tidy,
    wrong,
)

DAYS = st.dates(date(2026, 1, 1), date(2027, 1, 1))
FRAME = Frame(
    opened=date(2026, 5, 1),
    today=date(2026, 9, 1),
    languages=("da", "ar"),
    themes=("byliv", "groenne-omraader"),
    cards=("a", "b", "c", "d"),
    snapshots=(7,),
)
VALUES = st.builds(
    DecisionValues,
    texts=st.dictionaries(st.sampled_from(["da", "ar", "pl"]), st.text(max_size=2 * LONGEST)),
    state=st.sampled_from([*STATES, "", "perhaps"]),
    decided_on=st.none() | DAYS,
    themes=st.lists(st.sampled_from(["byliv", "groenne-omraader", "trafik"]), unique=True),
    cards=st.lists(st.sampled_from("abcde"), unique=True),
    snapshot=st.none() | st.sampled_from([7, 8]),
)


@given(VALUES)
def test_what_passes_is_whole_and_what_is_whole_passes(values: DecisionValues) -> None:
    faults = wrong(values, FRAME)
    for code, text in values.texts.items():
        kept = tidy(text)
        fits = SHORTEST <= len(kept) <= LONGEST or (code != "da" and not kept)
        fine = code in FRAME.languages and fits and not misleads(kept)
        assert (f"text-{code}" not in faults) == fine
    assert ("state" not in faults) == (values.state in STATES)
    day = values.decided_on
    assert ("decided_on" not in faults) == (day is None or FRAME.opened <= day <= FRAME.today)
    assert ("themes" not in faults) == (set(values.themes) <= set(FRAME.themes))
    assert ("snapshot" not in faults) == (values.snapshot in (None, 7))
    cards = set(values.cards) <= set(FRAME.cards) and len(values.cards) <= MOST_CARDS
    assert ("cards" not in faults) == cards


@given(st.text())
def test_a_tidied_text_is_tidy(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert "\r" not in tidy(text)


@given(st.text(min_size=1))
def test_a_text_of_nothing_but_signs_is_no_text(text: str) -> None:
    if not any(sign.isalnum() for sign in text):
        assert tidy(text) == ""

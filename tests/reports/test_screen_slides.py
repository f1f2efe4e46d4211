"""The steps of the big screen for any document: nothing is lost, nothing withheld is told."""

from typing import Any

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from swipe.reports.screen import words
from swipe.reports.screen.slides import ROWS, slides

LANGUAGES = st.sampled_from(["da", "en", "ar"])
NOTHING: dict[str, Any] = {"share": None, "low": None, "high": None}
TOLD = st.integers(5, 95).map(
    lambda whole: {
        "share": whole / 100,
        "low": (whole - 3) / 100,
        "high": (whole + 3) / 100,
        "bound": None,
    }
)
SHARES = st.one_of(
    TOLD,
    st.sampled_from(["<0.05", ">0.95"]).map(lambda bound: {**NOTHING, "bound": bound}),
    st.just({**NOTHING, "bound": None}),
)


def deck_of(themes: int, cards: int) -> dict[str, Any]:
    return {
        "themes": [
            {"id": f"t{one}", "name": f"Tema {one}", "hue": 9, "pattern": "dots"}
            for one in range(themes)
        ],
        "cards": [
            {"id": f"c{one}", "theme": f"t{one % themes}", "title": f"Kort {one}"}
            for one in range(cards)
        ],
    }


@given(st.lists(SHARES, min_size=1, max_size=14), st.lists(SHARES, max_size=30), st.data())
def test_every_theme_stands_once_and_only_told_shares_are_said(
    whole_app: Flask, themes: list[dict[str, Any]], cards: list[dict[str, Any]], data: st.DataObject
) -> None:
    document = {
        "area": "bolbro",
        "survey": "x",
        "themes": [{"theme": f"t{place}", **one} for place, one in enumerate(themes)],
        "cards": [{"card": f"c{place}", **one} for place, one in enumerate(cards)],
        "verdict": {"tied": [], "clear": False},
        "agreement": {"reason": "too-few", "divides": []},
    }
    with whole_app.test_request_context(f"/?lang={data.draw(LANGUAGES)}"):
        made = slides(document, None, deck_of(len(themes), len(cards)))
        known = {words.share(one) for one in (*themes, *cards)}
    lines = [line for slide in made for line in slide.lines]
    assert sorted(line.theme["id"] for line in lines) == sorted(f"t{n}" for n in range(len(themes)))
    assert all(len(slide.lines) <= ROWS for slide in made)
    assert {line.share for line in lines} <= known
    assert all((line.share is None) == (line.bar is None) == bool(line.said) for line in lines)
    assert all(one.share for slide in made for one in slide.pictures)
    assert made[-1].note

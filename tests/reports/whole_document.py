"""A document with every part told, made by hand in the shapes that pages are written against."""

from typing import Any

from swipe.insight.canonical import digest

Shown = dict[str, Any]
THEMES = ("foreningsliv", "groenne-omraader", "byliv")
YOUNG, MIDDLE, OLD = ["15-24", "25-39"], ["40-54"], ["55-66", "67-79", "80+"]


def shown(share: float | None, half: float = 0.03, n: int = 120, **more: Any) -> Shown:
    """Return a share with its interval, or withheld where it is None."""
    if share is None:
        keys = ("share", "low", "high", "bound", "n", "n_eff")
        return {**dict.fromkeys(keys), "reason": "too-few", **more}
    low, high = round(share - half, 2), round(share + half, 2)
    found = {"share": share, "low": low, "high": high, "bound": None, "n": n, "n_eff": n}
    return {**found, "reason": None, **more}


def group(
    age_band: list[str] | None = None, gender: str | None = None, household: str | None = None
) -> Shown:
    """Return how a group is named in a document."""
    return {"age_band": age_band, "gender": gender, "household": household}


def row(
    named: Shown,
    participants: int,
    residents: int | None,
    wishes: tuple[float | None, ...] | None,
    rest: bool = False,
) -> Shown:
    """Return a row of a table; `wishes` has a share for each theme."""
    share = round(participants / residents, 2) if residents else None
    high = round((participants + 20) / residents, 2) if residents else None
    reason = None if residents else "no-residents"
    themes = None
    if wishes:
        themes = [
            {"theme": theme, **shown(wish, 0.06, participants)}
            for theme, wish in zip(THEMES, wishes, strict=True)
        ]
    return {
        **named,
        "rest": rest,
        "includes": [],
        "participants": participants,
        "residents": residents,
        "reach": {"share": share, "bound": None, "high": high, "reason": reason},
        "missing": 40 if participants < 100 and residents else 0,
        "themes": themes,
        "themes_reason": None if themes else "too-few",
        "reason": None,
    }


def table(rows: list[Shown]) -> Shown:
    """Return a table whose opinions were made some days before its participation."""
    made = {"number": 9, "day": "2026-11-14"}
    return {"reason": None, "opinions": made, "opinions_reason": None, "rows": rows}


def whole_groups(residents: bool = True) -> Shown:
    """Return the four tables."""

    def of(number: int) -> int | None:
        return number if residents else None

    ages = [
        row(group(age_band=YOUNG), 95, of(400), (0.52, 0.61, 0.78)),
        row(group(age_band=MIDDLE), 130, of(300), (0.48, 0.72, 0.6)),
        row(group(age_band=OLD), 150, of(500), (0.44, 0.83, None)),
        row(group(), 25, None, None, rest=True),
    ]
    genders = [
        row(group(gender="female"), 205, of(600), (0.5, 0.77, 0.62)),
        row(group(gender="male"), 170, of(600), (0.45, 0.71, 0.66)),
        row(group(), 25, None, None, rest=True),
    ]
    households = [
        row(group(household="alone"), 110, None, (0.41, 0.74, 0.69)),
        row(group(household="couple"), 140, None, (0.47, 0.76, 0.6)),
        row(group(household="children"), 120, None, (0.61, 0.72, 0.58)),
        row(group(), 30, None, None, rest=True),
    ]
    both = [
        row({**group(age_band=bands, gender=gender)}, 65, of(200), None)
        for bands in (YOUNG, MIDDLE, OLD)
        for gender in ("female", "male")
    ]
    crossed = {**table(both), "opinions": None, "opinions_reason": "policy"}
    return {
        "age_band": table(ages),
        "gender": table(genders),
        "household": table(households),
        "age_gender": crossed,
    }


def agreement(cards: list[str]) -> Shown:
    """Return two cards that unite and two that divide."""
    return {
        "reason": None,
        "tested": 72,
        "q": 0.05,
        "unites": [
            {"card": cards[1], "by": "age_band", "group": group(YOUNG), "share": 0.78, "low": 0.7},
            {
                "card": cards[4],
                "by": "gender",
                "group": group(gender="male"),
                "share": 0.71,
                "low": 0.64,
            },
        ],
        "divides": [
            {
                "card": cards[2],
                "by": "age_band",
                "most": {"group": group(YOUNG), "share": 0.84},
                "least": {"group": group(OLD), "share": 0.46},
                "gap": 0.38,
            },
            {
                "card": cards[3],
                "by": "household",
                "most": {"group": group(household="children"), "share": 0.75},
                "least": {"group": group(household="alone"), "share": 0.5},
                "gap": 0.25,
            },
        ],
    }


def quality(notes: tuple[str, ...] = ()) -> Shown:
    """Return a told data quality with these notes."""
    slope = {"slope": -0.02, "low": -0.04, "high": -0.01, "clear": "position-matters" in notes}
    return {
        "reason": None,
        "rule": 1,
        "flagged": 25,
        "flagged_share": 0.06,
        "flagged_bound": None,
        "inputs": [
            {"input": "swipe", "people": 260, "part": 0.65, **inputs(0.64)},
            {"input": "button", "people": 125, "part": 0.31, **inputs(0.61)},
            {"input": None, "people": 15, "part": None, **inputs(None)},
        ],
        "modes": [
            {"mode": "phone", "people": 320, "part": 0.80, **inputs(0.63)},
            {"mode": "kiosk", "people": 65, "part": 0.16, **inputs(0.66)},
            {"mode": None, "includes": ["paper"], "people": 15, "part": None, **inputs(None)},
        ],
        "channels": [
            {"channel": "plakat", "includes": [], "people": 240, **part(0.60)},
            {"channel": "brev", "includes": [], "people": 120, **part(0.30)},
            {"channel": None, "includes": ["skole"], "people": 40, **part(0.10)},
        ],
        "channels_made": {"number": 1, "day": "2026-11-03"},
        "channels_reason": None,
        "channel_names": {"brev": "Brev", "plakat": "Plakat i området", "skole": "Skole"},
        "position": slope,
        "previous": {"slope": 0.01, "low": -0.01, "high": 0.03, "clear": False},
        "seconds": {"lower": 1.2, "median": 1.8, "upper": 2.6},
        "undone": {"share": 0.03, "bound": None},
        "skipped": {"share": 0.08, "bound": None},
        "left": {"share": None, "bound": "<0.05"},
        "notes": list(notes),
    }


def part(share: float) -> Shown:
    """Return a part of all people as a row tells it."""
    return {"part": share, "part_bound": None}


def inputs(share: float | None) -> Shown:
    """Return a share as it stands in the row of an input."""
    keys = ("share", "low", "high", "bound", "reason")
    return {key: value for key, value in shown(share).items() if key in keys}


def since() -> Shown:
    """Return the change since a round before: up, not sure, and too few unchanged cards."""
    return {
        "reason": None,
        "survey": "00000000-0000-4000-8000-000000000001",
        "closes": "2025-11-30",
        "themes": [
            {"theme": "foreningsliv", "anchors": 6, **change(-0.02, False)},
            {"theme": "groenne-omraader", "anchors": 7, **change(0.06, True)},
            {"theme": "byliv", "anchors": 2, **change(None, False)},
        ],
        "caution": ["who-took-part-changed"],
    }


def change(points: float | None, clear: bool) -> Shown:
    """Return one theme's change."""
    if points is None:
        return {
            "change": None,
            "low": None,
            "high": None,
            "clear": False,
            "reason": "too-few-anchors",
        }
    low, high = round(points - 0.04, 2), round(points + 0.04, 2)
    return {"change": points, "low": low, "high": high, "clear": clear, "reason": None}


def compared(area: str, survey: str) -> Shown:
    """Return a city document in which the area is above, below and like the city."""
    lines = [
        ("foreningsliv", -0.07, "below", [22, 29]),
        ("groenne-omraader", 0.05, "above", [3, 3]),
        ("byliv", 0.01, None, [8, 19]),
    ]
    return {
        "city": {
            "themes": [{"theme": theme, **shown(0.6), "areas": 30} for theme in THEMES],
        },
        "areas": [
            {
                "area": area,
                "survey": survey,
                "compared": [
                    {
                        "theme": theme,
                        "difference": difference,
                        "differs": differs,
                        "rank": rank,
                        "smoothed": {"share": 0.66, "low": 0.6, "high": 0.72},
                        "reason": None,
                    }
                    for theme, difference, differs, rank in lines
                ],
            }
        ],
    }


WEIGHTED = {
    "weighted": True,
    "kind": "post-stratified",
    "refused": [],
    "largest_weight": 2.5,
    "deff": 1.2,
    "n_eff": 340,
    "differs": True,
}
REFUSED = {
    **WEIGHTED,
    "weighted": False,
    "kind": None,
    "refused": ["small-cells", "old-register"],
    "largest_weight": 1,
    "deff": 1,
    "n_eff": 400,
    "differs": False,
}
LIKENESS = {
    "reason": None,
    "by": "age_gender",
    "dissimilarity": 0.12,
    "replaced_of_100": 12,
    "level": "amber",
    "r_indicator": 0.89,
    "cv": 0.16,
    "bias_bound": 0.04,
}


def whole(document: Shown, **parts: Any) -> Shown:
    """Return a document of at least a hundred people with every part told and its own digest.

    `parts` replaces some of them; `weighting` is that of the method box.
    """
    cards = [card["card"] for card in document["cards"]]
    weighting = parts.pop("weighting", WEIGHTED)
    odd = [["many-left", "many-skipped"], ["many-undone"]]
    told: Shown = {
        **document,
        "themes": [_theme(theme, weighting["weighted"]) for theme in document["themes"]],
        "cards": [
            _card(card, odd[at] if at < len(odd) else [])
            for at, card in enumerate(document["cards"])
        ],
        "groups": whole_groups(bool(document["residents"])),
        "agreement": agreement(cards),
        "representativeness": LIKENESS,
        "quality": quality(("many-flagged", "position-matters")),
        "since": since(),
        "method": {**document["method"], "weighting": weighting, "response_rate": None},
        **parts,
    }
    told["snapshot"] = {**document["snapshot"]}
    told["snapshot"]["digest"] = digest(told)
    return told


def _theme(theme: Shown, weighted: bool) -> Shown:
    first = theme["theme"] == "groenne-omraader"
    plain = shown(round(theme["share"] - 0.03, 2) if weighted else theme["share"])
    flagged = shown(round(theme["share"] + 0.01, 2))
    return {
        **theme,
        "weighted": weighted,
        "unweighted": {key: plain[key] for key in ("share", "low", "high", "bound")},
        "all": flagged,
        "truly_first": "very-likely" if first else None,
    }


def _card(card: Shown, notes: list[str]) -> Shown:
    rates = {"skipped": 0.18 if "many-skipped" in notes else 0.06, "skipped_bound": None}
    rates |= {"undone": 0.12 if "many-undone" in notes else None}
    rates |= {"undone_bound": None if "many-undone" in notes else "<0.05"}
    rates |= {"left": 0.09 if "many-left" in notes else None}
    rates |= {"left_bound": None if "many-left" in notes else "<0.05"}
    return {**card, **rates, "notes": notes}

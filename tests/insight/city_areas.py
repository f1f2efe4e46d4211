"""Areas for the tests of the city: documents and bases of a few lines, by hand or drawn."""

import json

from hypothesis import strategies as st

from swipe.insight.disclosure import round_count, show_share, withheld_share
from swipe.insight.estimating.estimate import with_interval

THEMES = ("foreningsliv", "groenne-omraader", "byliv")


def area(slug, shares, n=200, residents=1000, spread=0.27, hidden=()):
    """Return (document text, basis) of an area where `n` people gave a theme each of `shares`.

    `hidden` themes are withheld; below twenty people everything is.
    """
    estimates = {
        theme: with_interval(share, spread**2 / n if 0 < share < 1 else 0.0, n, 0.0, float(n))
        for theme, share in zip(THEMES, shares, strict=False)
    }
    told = n >= 20
    rows = []
    for theme, one in estimates.items():
        shown = show_share(one) if told and theme not in hidden else withheld_share("too-few")
        rows.append({"theme": theme, **shown})
    document = {
        "area": slug,
        "survey": f"survey-of-{slug}",
        "snapshot": {"number": 1},
        "participants": round_count(n) if told else None,
        "residents": residents,
        "reach": {"share": None, "low": None, "reason": None},
        "themes": rows,
        "verdict": {"first": None},
        "reason": None if told else "too-few",
    }
    exact = [
        {
            "theme": theme,
            "p": one.share,
            "v": one.variance,
            "n": n,
            "n_eff": one.n_eff,
            "low": one.low,
            "high": one.high,
        }
        for theme, one in estimates.items()
    ]
    return json.dumps(document), {"participants": n, "themes": exact}


@st.composite
def cities(draw, largest=12):
    """Draw areas of every size, some too small to show anything, some without residents."""
    sizes = st.one_of(st.integers(2, 45), st.integers(46, 130), st.integers(131, 3000))
    share = st.sampled_from([0.0, 0.004, 0.3, 0.5, 0.62, 0.63, 0.97, 0.999, 1.0])
    found = []
    for place in range(draw(st.integers(0, largest))):
        shares = draw(st.lists(share, min_size=1, max_size=3))
        residents = draw(st.sampled_from([None, 400, 5000, 90000]))
        hidden = draw(st.sets(st.sampled_from(THEMES), max_size=2))
        n, spread = draw(sizes), draw(st.sampled_from([0.1, 0.27, 0.45]))
        found.append(area(f"area-{place:02}", shares, n, residents, spread, hidden))
    return found

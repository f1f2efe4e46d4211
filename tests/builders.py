"""Keyword-only builders: each makes one row that the database accepts, and commits."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from swipe.accounts.login import hash_password
from swipe.accounts.models import Staff
from swipe.areas.models import Area
from swipe.db import db, glance
from swipe.media.models import Picture
from swipe.outreach.models import Decision
from swipe.surveys.models import Card, Channel, Survey, Theme

THEMES = ("foreningsliv", "groenne-omraader", "byliv")
SPANS = {
    "open": (-5, 10),
    "draft": (5, 20),
    "coming": (5, 20),
    "grace": (-20, -2),
    "closed": (-40, -20),
}
PASSWORD = "en god adgangskode"
HASH = hash_password(PASSWORD)


def keep(row: Any) -> Any:
    db.session.add(row)
    db.session.commit()
    db.session.expunge_all()
    return row


def make_area(*, slug: str = "bolbro", name: str = "Bolbro") -> Area:
    return _found(Area, slug) or keep(Area(slug=slug, name=name))


def _found(table: Any, key: Any) -> Any:
    with glance():
        return db.session.get(table, key)


def make_theme(*, slug: str, position: int = 9) -> Theme:
    found = _found(Theme, slug)
    return found or keep(
        Theme(
            slug=slug, names={"da": slug.capitalize()}, hue=200, pattern="dots", position=position
        )
    )


def make_picture(
    *,
    digest: str | None = None,
    state: str = "ready",
    looks: dict[str, float] | None = None,
) -> Picture:
    digest = digest or uuid.uuid4().hex * 2
    made = [
        {
            "type": kind,
            "width": width,
            "height": width * 4 // 3,
            "name": f"{digest}.{end}",
            "bytes": 9,
        }
        for kind, end in (("image/avif", "avif"), ("image/jpeg", "jpg"))
        for width in (480, 750)
    ]
    return keep(
        Picture(
            digest=digest,
            master=digest,
            added_on=datetime.now(UTC).date(),
            width=1500,
            height=2000,
            state=state,
            variants=made if state == "ready" else [],
            placeholder="data:image/webp;base64,AA==" if state == "ready" else None,
            looks=looks or {"brightness": 55.0, "saturation": 30.0, "contrast": 20.0},
        )
    )


def make_staff(*, role: str = "admin", email: str | None = None, name: str = "Mette") -> Staff:
    return keep(
        Staff(
            email=email or f"{role}-{uuid.uuid4().hex[:6]}@by.dk",
            name=name,
            role=role,
            password_hash=HASH,
            added_on=datetime.now(UTC).date(),
        )
    )


def make_survey(
    *,
    area: Area | str = "bolbro",
    state: str = "open",
    cards: int = 24,
    themes: tuple[str, ...] = THEMES,
    picture: Picture | None = None,
    **fields: Any,
) -> Survey:
    """Make a survey in a state with so many cards, spread over the themes in turn."""
    slug = area if isinstance(area, str) else area.slug
    make_area(slug=slug, name=slug.capitalize())
    now = datetime.now(UTC)
    opens, closes = (now + timedelta(days=days) for days in SPANS[state])
    survey = Survey(
        **{
            "id": uuid.uuid4(),
            "area": slug,
            "title": {"da": "Mere af hvad?"},
            "question": {"da": "Vil du have mere af det her?"},
            "yes_label": {"da": "Ja tak"},
            "no_label": {"da": "Nej tak"},
            "pot": {"da": "Områdets pulje"},
            "decided_by": {"da": "Byrådet"},
            "can_change": {"da": "hvad puljen bruges på"},
            "cannot_change": {"da": "skat og skoler"},
            "opens_at": opens,
            "closes_at": closes,
            "published_at": None if state == "draft" else opens - timedelta(days=1),
            "background": ["lives_here", "age_band", "gender", "household"],
            "languages": ["da"],
            **fields,
        }
    )
    picture = picture or make_picture()
    for theme in themes:
        make_theme(slug=theme)
    db.session.add(survey)
    db.session.flush()
    for number in range(cards):
        theme = themes[number % len(themes)]
        db.session.add(make_card(survey=survey, theme=theme, number=number, picture=picture))
    db.session.add(Channel(survey=survey.id, slug="plakat", label="Plakat"))
    db.session.commit()
    db.session.expunge_all()
    return survey


def make_decision(*, survey: Survey, published: bool = True, **fields: Any) -> Decision:
    """Make a decision about nothing in particular, which citizens can read."""
    values: dict[str, Any] = {
        "texts": {"da": "Vi planter fyrre træer på Åvej til foråret."},
        "state": "decided",
        "decided_on": None,
        "themes": [],
        "cards": [],
        "snapshot": None,
        "position": 1,
    }
    return keep(Decision(**values | fields, survey=survey.id, published=published))


def make_card(*, survey: Survey, theme: str, number: int, picture: Picture) -> Card:
    return Card(
        id=uuid.uuid4(),
        survey=survey.id,
        theme=theme,
        picture=picture.digest,
        titles={"da": f"Motiv {number}"},
        alts={"da": f"Et motiv med nummer {number}."},
        why={"da": "Det kan kommunen gøre mere af."},
        licence="own",
        position=number,
    )


def document(
    survey: Survey, *, revision: int = 1, cards: list[Card] | None = None, **fields: Any
) -> dict[str, Any]:
    """Return a PUT body that answers these cards with yes, at a careful pace."""
    chosen = cards if cards is not None else cards_of(survey)
    answers = fields.pop("answers", None) or ["yes"] * len(chosen)
    return {
        "survey": str(survey.id),
        "revision": revision,
        "complete": True,
        "mode": "phone",
        "language": "da",
        "swipes": [
            {
                "card": str(card.id),
                "answer": answer,
                "ms": 1500 + place,
                "input": "button",
                "seq": place + 1,
                "position": place + 1,
                "undone": 0,
            }
            for place, (card, answer) in enumerate(zip(chosen, answers, strict=True))
        ],
        **fields,
    }


def cards_of(survey: Survey) -> list[Card]:
    with glance():
        return db.session.query(Card).where(Card.survey == survey.id).order_by(Card.position).all()

"""The deck of the seeds: 24 pictures with their words, and surveys that ask with them."""

import csv
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from swipe.db import db
from swipe.media import adding
from swipe.simulation.scenes import CHANNELS, Scene
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Card, Channel, Survey, Texts, all_themes

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
CARRIED = Path(__file__).resolve().parents[1] / "carried" / "seeds"
LACKING_ALT = 2  # so many alt texts the draft of the demo still needs
# What a survey says of itself: a row of survey.csv each, beside the names of the themes.
ASKED: tuple[str, ...] = ("title", "question", "yes_label", "no_label")
ASKED += ("pot", "decided_by", "can_change", "cannot_change")
BACKGROUND = ["lives_here", "age_band", "gender", "household"]


@dataclass(frozen=True)
class Motif:
    """One row of the deck, with the digest of its picture."""

    slug: str
    theme: str
    digest: str
    texts: dict[str, str]


def seeds() -> Path:
    """Return the folder of the seeds, in a checkout or in an installed package."""
    return SEEDS if SEEDS.is_dir() else CARRIED


def read_deck() -> list[dict[str, str]]:
    """Return the rows of the deck's table."""
    with (seeds() / "deck.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_words() -> dict[str, Texts]:
    """Return the texts of a survey, and the names of the themes, each in every language."""
    with (seeds() / "survey.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("text"): row for row in csv.DictReader(file)}


def add_motifs(told: Callable[[int], None]) -> list[Motif]:
    """Take the pictures in by the door of every upload, two at a time."""
    rows = read_deck()
    files = [(seeds() / "images" / row["file"]).read_bytes() for row in rows]
    with ThreadPoolExecutor(2) as pool:  # each decoding is a process of its own
        decoded = []
        for found in pool.map(adding.decode, files):
            decoded.append(found)
            told(1)
    pictures = [adding.keep(*found) for found in decoded]
    return [
        Motif(row["file"].rpartition(".")[0], row["theme"], picture.digest, row)
        for row, picture in zip(rows, pictures, strict=True)
    ]


def _anything(_motif: str) -> uuid.UUID:
    return uuid.uuid4()


def make_survey(
    scene: Scene,
    area_name: str,
    motifs: Sequence[Motif],
    now: datetime,
    timezone: ZoneInfo,
    identity: Callable[[str], uuid.UUID] = _anything,
) -> Survey:
    """Add one scene's survey with its cards and channels.

    `identity` gives the id of the card of a motif, and of the survey itself for the empty text.
    """
    opens_at, closes_at = _times(scene.state, now, timezone)
    survey = Survey(
        id=identity(""),
        area=scene.area,
        **_asked(area_name),
        decided_on=(closes_at + timedelta(days=8 if scene.state == "closed" else 60)).date(),
        opens_at=opens_at,
        closes_at=closes_at,
        published_at=None if scene.state == "draft" else opens_at - timedelta(days=2),
        reach_goal=33,
        background=BACKGROUND,
        languages=list(LANGUAGES),
        results="live",
    )
    db.session.add(survey)
    db.session.flush()
    db.session.add_all(
        _card(survey, identity(motif.slug), motif, place) for place, motif in enumerate(motifs, 1)
    )
    db.session.add_all(
        Channel(survey=survey.id, slug=slug, label=label) for slug, label, _share in CHANNELS
    )
    if scene.state == "draft":
        _forget_alts(survey)
    return survey


def _asked(area_name: str) -> dict[str, Texts]:
    """Return what a survey says of itself, in every language."""
    words = read_words()
    return {
        name: {
            language: text.replace("{area}", area_name) for language, text in words[name].items()
        }
        for name in ASKED
    }


def name_themes() -> None:
    """Give the themes of the deck their names in every language."""
    words = read_words()
    for theme in all_themes():
        theme.names = {**theme.names, **words.get(theme.slug, {})}


def _card(survey: Survey, identity: uuid.UUID, motif: Motif, position: int) -> Card:
    def spoken(name: str) -> Texts:
        return {language: motif.texts[f"{name}_{language}"] for language in LANGUAGES}

    return Card(
        id=identity,
        survey=survey.id,
        theme=motif.theme,
        concept=motif.slug,
        picture=motif.digest,
        titles=spoken("title"),
        alts=spoken("alt"),
        why=spoken("why"),
        credit=motif.texts["credit"],
        licence="own",
        facing=motif.texts["facing"],
        position=position,
    )


def _forget_alts(survey: Survey) -> None:
    db.session.flush()
    cards = db.session.query(Card).where(Card.survey == survey.id).order_by(Card.position)
    for card in cards.limit(LACKING_ALT):
        card.alts = {}


def _times(state: str, now: datetime, timezone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return opening and closing for a state, at whole local hours."""
    today = now.astimezone(timezone).date()

    def at(days: int, hour: int) -> datetime:
        return datetime.combine(_day(today, days), time(hour), timezone)

    spans = {"open": (-12, 16), "coming": (6, 34), "closed": (-45, -17), "draft": (14, 42)}
    spans["former"] = (-410, -382)
    opens, closes = spans[state]
    return at(opens, 8), at(closes, 20)


def _day(today: date, days: int) -> date:
    return today + timedelta(days=days)

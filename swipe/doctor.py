"""What `swipe doctor` says: versions, journal, what is missing, and which pictures are damaged."""

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import select

from swipe import __version__
from swipe.accounts.models import any_staff
from swipe.areas.models import Area, all_areas, demo_mark, residents_by_area
from swipe.config import DEFAULT_BASE_URL, Config, data_words
from swipe.db import db, glance, journal_mode, reading
from swipe.hook_hosts import named
from swipe.media.health import Fault, Health
from swipe.surveys.models import Card, Survey, all_themes, in_language, live_cards
from swipe.surveys.numbering import numbers_of

MIB = 1024 * 1024


def checkup(settings: Config, migrated: bool) -> Iterator[str]:
    """Yield one line per fact."""
    yield f"Swipe {__version__}, Python {sys.version.split()[0]}"
    yield f"Data: {settings.data}"
    if settings.sqlite:
        yield f"SQLite {sqlite3.sqlite_version}, journal {journal_mode()}, synchronous FULL"
    else:
        yield "PostgreSQL"
    yield f"Secret key: {_mode(settings.data / 'secret_key')}"
    yield f"Pictures lie in: {_store(settings)}"
    yield from _alerts(settings)
    if not migrated:
        yield f"The database is not ready. Run: swipe migrate {data_words(settings.data)}"
        return
    with reading():
        mark, areas, counted = demo_mark(), all_areas(), residents_by_area()
        yield f"Demo city: {'yes' if mark else 'no'}"
        yield f"Areas: {len(areas)}, {len(counted)} of them with residents"
        if not any_staff():
            yield f"There is no staff. Run: swipe staff add {data_words(settings.data)}"


def _alerts(settings: Config) -> Iterator[str]:
    """Yield where alerts can go; never with which password."""
    server, hosts = settings.mail_server, named(settings.webhook_hosts)
    if server is None:
        yield "Mail to staff: not set up. Set SWIPE_SMTP_URL and SWIPE_MAIL_FROM"
    else:
        yield f"Mail to staff: by {server} from {settings.mail_from}"
    yield f"Webhooks may call: {', '.join(hosts) or 'nobody (SWIPE_WEBHOOK_HOSTS)'}"
    if (server or hosts) and settings.base_url == DEFAULT_BASE_URL:
        yield "Links in alerts lead to this machine alone. Set SWIPE_BASE_URL"


def pictures(health: Health) -> Iterator[str]:
    """Yield what was found in the store, each bad file with the cards that show it."""
    yield f"Picture files: {health.files}, {health.bytes / MIB:.1f} MiB"
    if health.unnamed:
        yield f"{health.unnamed} of them belong to no picture; the worker clears them away in a day"
    for fault in health.faults:
        yield f"{'MISSING' if fault.missing else 'DAMAGED'} {fault.name}: {_meaning(fault)}"
        yield from (f"    {line}" for line in _shown_by(fault.digests))
    if not health.faults:
        yield "Every picture is whole."


def _meaning(fault: Fault) -> str:
    if not fault.digests:
        return "belongs to no picture, so nothing is lost"
    if fault.master:
        return "a picture itself. Run: swipe doctor --mend, then upload the picture again"
    return "made from a picture. Run: swipe doctor --mend, and the worker makes it again"


def _shown_by(digests: Sequence[str]) -> list[str]:
    """Return title, area and survey of every card that shows one of these pictures."""
    shown = (
        select(Card, Area.name, Survey.title)
        .join(Survey, Survey.id == Card.survey)
        .join(Area, Area.slug == Survey.area)
        .where(Card.picture.in_(digests))
        .order_by(Area.name, Survey.opens_at, Card.position)
    )
    with glance():
        rows = db.session.execute(shown).all()
        return [
            f"card “{_name(card)}” in {area}, “{in_language(survey, 'da')}”"
            for card, area, survey in rows
        ]


def _name(card: Card) -> str:
    """Return the title of a card, else its number as its page says it."""
    title = in_language(card.titles, "da")
    if title:
        return title
    number = numbers_of(live_cards(card.survey), all_themes()).get(card.id)
    return str(number) if number else "taken out"


def _store(settings: Config) -> str:
    if not settings.media_url:
        return str(settings.data / "pictures")
    parts = urlsplit(settings.media_url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def _mode(path: Path) -> str:
    if not path.exists():
        return "set by SWIPE_SECRET_KEY"
    readable_by_others = path.stat().st_mode & 0o077
    return (
        "OTHERS CAN READ IT, run chmod 600" if readable_by_others else "readable by its owner alone"
    )

"""Setting up, naming and withdrawing the kiosks of an area. Never commits."""

import secrets
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from swipe.accounts.audit import record
from swipe.areas.editing import area_or_404
from swipe.db import db
from swipe.errors import Invalid, NotFound
from swipe.legible import has_words, misleads
from swipe.participation.kiosk_models import NAME_LIMIT, Kiosk
from swipe.surveys.models import Channel, Survey

TOKEN_BYTES = 16  # 128 bits: nobody finds the address of a tablet by guessing


def kiosk_or_404(area: str, token: str) -> Kiosk:
    """Return a kiosk of an area, in use or not; raises NotFound."""
    kiosk = db.session.get(Kiosk, token)
    if kiosk is None or kiosk.area != area:
        raise NotFound(_("Kiosken findes ikke."))
    return kiosk


def channels_of(area: str) -> dict[str, str]:
    """Return the channels of an area's surveys, slug to label, by label."""
    found = select(Channel.slug, Channel.label).join(Survey, Survey.id == Channel.survey)
    rows = db.session.execute(found.where(Survey.area == area).order_by(Channel.label)).all()
    return {row.slug: row.label for row in rows}


def add_kiosk(area: str, name: str, channel: str, *, today: date) -> Kiosk:
    """Set up a kiosk in an area, with an address and a code drawn at random.

    Raises NotFound for an unknown area, Invalid with a sentence for every field in `errors`.
    """
    kiosk = Kiosk(
        token=secrets.token_urlsafe(TOKEN_BYTES),
        area=area_or_404(area).slug,
        name=_checked_name(name),
        channel=channel if channel in channels_of(area) else None,
        pin=f"{secrets.randbelow(10_000):04}",
        made_on=today,
    )
    db.session.add(kiosk)
    db.session.flush()
    record("kiosk.added", thing=kiosk.token, label=kiosk.name, after={"area": area})
    return kiosk


def rename_kiosk(area: str, token: str, name: str) -> Kiosk:
    """Give a kiosk another name; its address stays.

    Raises NotFound, or Invalid with a sentence in `errors`.
    """
    kiosk = kiosk_or_404(area, token)
    before, kiosk.name = kiosk.name, _checked_name(name)
    if before != kiosk.name:
        held, given = {"name": before}, {"name": kiosk.name}
        record("kiosk.changed", thing=token, label=kiosk.name, before=held, after=given)
    return kiosk


def withdraw_kiosk(area: str, token: str, *, today: date) -> Kiosk:
    """Let the address of a kiosk lead nowhere, for good; doing it twice changes nothing.

    What was answered there stays. Raises NotFound.
    """
    kiosk = kiosk_or_404(area, token)
    if kiosk.withdrawn_on is None:
        kiosk.withdrawn_on = today
        record("kiosk.withdrawn", thing=token, label=kiosk.name, after={"area": area})
    return kiosk


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not has_words(name):
        raise _wrong_name(_("Skriv, hvor tabletten står."))
    if misleads(name):
        raise _wrong_name(_("Navnet indeholder tegn, der ikke kan vises. Skriv det igen."))
    if len(name) > NAME_LIMIT:
        raise _wrong_name(_("Navnet er for langt. Grænsen er %(n)s tegn.", n=NAME_LIMIT))
    return name


def _wrong_name(sentence: str) -> Invalid:
    return Invalid(sentence, errors={"name": sentence})

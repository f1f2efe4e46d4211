"""Choosing: what a member of staff wants to be told of, and how. Never commits."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from swipe.accounts.audit import record
from swipe.accounts.models import Staff
from swipe.alerts import noting
from swipe.alerts.looking import Fact
from swipe.alerts.models import KINDS, WAYS, AlertChoice
from swipe.config import Config
from swipe.db import db
from swipe.errors import Invalid, NotFound
from swipe.hook_hosts import named, target

LONGEST = 500  # of an address


@dataclass(frozen=True)
class Choice:
    """What one person is told of, in the order of KINDS, and by which ways."""

    kinds: tuple[str, ...] = ()
    by_mail: bool = False
    webhook: str = ""

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every kind with every way it is told by."""
        chosen = {"mail": self.by_mail, "webhook": bool(self.webhook)}
        return frozenset((kind, way) for kind in self.kinds for way in WAYS if chosen[way])


@dataclass(frozen=True)
class Reader:
    """One person who wants to be told of something."""

    staff: uuid.UUID
    email: str
    choice: Choice


def choice_of(staff: uuid.UUID) -> Choice:
    """Return what a person has chosen; nothing, until she does."""
    row = db.session.get(AlertChoice, staff)
    return _choice(row) if row else Choice()


def readers() -> list[Reader]:
    """Return everybody who wants to be told of anything."""
    rows = db.session.execute(
        select(AlertChoice, Staff.email)
        .join(Staff, Staff.id == AlertChoice.staff)
        .order_by(AlertChoice.staff)
    )
    return [Reader(row.staff, email, _choice(row)) for row, email in rows]


def _choice(row: AlertChoice) -> Choice:
    kinds = tuple(kind for kind in KINDS if kind in row.kinds)
    return Choice(kinds, row.by_mail, row.webhook)


def ways_of(settings: Config) -> frozenset[str]:
    """Return the ways that are set up here."""
    ways = {"mail": settings.mail_server is not None, "webhook": bool(settings.webhook_hosts)}
    return frozenset(way for way, there in ways.items() if there)


def checked(kinds: Sequence[str], by_mail: bool, webhook: str, settings: Config) -> Choice:
    """Return a choice as it was sent; an empty one switches everything off.

    Raises Invalid, with a sentence for every field in `errors`.
    """
    ways, webhook = ways_of(settings), webhook.strip()
    wanted = Choice(
        tuple(kind for kind in KINDS if kind in kinds),
        by_mail and "mail" in ways,
        webhook if "webhook" in ways else "",
    )
    errors = {}
    if wanted.webhook and not _may_call(wanted.webhook, settings):
        starts = (f"https://{host}/" for host in named(settings.webhook_hosts))
        errors["webhook"] = _(
            "Skriv en adresse, der begynder med %(hosts)s.", hosts=_(" eller ").join(starts)
        )
    if wanted.kinds and not wanted.by_mail and not wanted.webhook:
        errors["ways"] = _("Vælg også, hvordan du vil have besked.")
    if not wanted.kinds and (wanted.by_mail or wanted.webhook):
        errors["kinds"] = _("Vælg også, hvad du vil have besked om.")
    if errors:
        raise Invalid(_("Dit valg er ikke gemt."), errors=errors)
    return wanted


def _may_call(address: str, settings: Config) -> bool:
    return len(address) <= LONGEST and target(address, settings.webhook_hosts) is not None


def choose(staff: uuid.UUID, wanted: Choice, facts: Collection[Fact], now: datetime) -> None:
    """Keep what a person wants to be told of.

    What is true already when she asks is noted as known, so that she only hears of what is new.
    What waits for her and is not wanted any more is dropped. Raises NotFound.
    """
    if db.session.get(Staff, staff, with_for_update=True) is None:  # one change at a time
        raise NotFound(_("Medarbejderen findes ikke."))
    before = choice_of(staff)
    row = db.session.get(AlertChoice, staff) or AlertChoice(staff=staff)
    row.kinds, row.by_mail, row.webhook = list(wanted.kinds), wanted.by_mail, wanted.webhook
    db.session.add(row)
    db.session.flush()
    new = wanted.pairs - before.pairs
    noting.keep(
        [(staff, *fact, way) for fact in facts for kind, way in new if fact[1] == kind],
        "known",
        now,
    )
    noting.drop_unwanted(staff, wanted.pairs)
    _record(staff, _told(before), _told(wanted))


def _record(staff: uuid.UUID, before: dict[str, object], after: dict[str, object]) -> None:
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        held = {name: before[name] for name in changed}
        record("alert.changed", thing=staff, before=held, after={n: after[n] for n in changed})


def _told(choice: Choice) -> dict[str, object]:
    """Return what the trail says; the address of a webhook often holds a key, so its host alone."""
    host = choice.webhook.split("/")[2] if choice.webhook else ""
    return {"kinds": list(choice.kinds), "by_mail": choice.by_mail, "webhook": host}

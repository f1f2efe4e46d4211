"""Themes: rows that all areas share. Never commits."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import func, select

from swipe.areas.naming import slug_from
from swipe.db import db
from swipe.errors import Conflict, Invalid, NotFound
from swipe.surveys.models import Card, Survey, Theme, all_themes

# Far apart for most colour vision; the pattern tells neighbours apart without colour.
LOOKS = (
    (28, "dots"),
    (145, "lines"),
    (215, "solid"),
    (285, "dots"),
    (350, "lines"),
    (190, "solid"),
    (55, "dots"),
    (250, "lines"),
)
LONGEST = 40


def add_theme(name: str) -> Theme:
    """Add a theme with a look of its own; raises Invalid with `errors`."""
    name, themes = " ".join(name.split()), all_themes()
    slug = slug_from(name)
    wrong = _wrong_name(name, slug, [theme.slug for theme in themes])
    if wrong:
        raise Invalid(wrong, errors={"name": wrong})
    hue, pattern = _free_look(themes)
    position = max((theme.position for theme in themes), default=0) + 1
    theme = Theme(slug=slug, names={"da": name}, hue=hue, pattern=pattern, position=position)
    db.session.add(theme)
    db.session.flush()
    return theme


def add_usual_themes() -> None:
    """Add the three themes most municipalities ask about, those that are not there."""
    known = {theme.slug for theme in all_themes()}
    for name in (_("Foreningsliv"), _("Grønne områder"), _("Byliv")):
        if slug_from(name) not in known:
            add_theme(name)


def rename_theme(slug: str, name: str) -> Theme:
    """Give a theme another name; raises Conflict once citizens have read the old one."""
    theme, name = _theme_or_404(slug), " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise Invalid(_("Skriv et navn på højst %(count)s tegn.", count=LONGEST))
    if _count(slug, published=True):
        raise Conflict(_("Temaet er brugt i en offentlig undersøgelse. Navnet er låst."))
    theme.names = {**theme.names, "da": name}
    return theme


def remove_theme(slug: str) -> str:
    """Remove a theme that no card has and return its name; raises Conflict otherwise."""
    theme = _theme_or_404(slug)
    if _count(slug, published=False):
        raise Conflict(_("Temaet har kort og kan ikke slettes."))
    name = theme.names.get("da", slug)
    db.session.delete(theme)
    return name


def cards_by_theme() -> dict[str, int]:
    """Return the number of cards of every theme that has any, over all surveys."""
    counted = select(Card.theme, func.count()).group_by(Card.theme)
    return {theme: int(count) for theme, count in db.session.execute(counted)}


def _theme_or_404(slug: str) -> Theme:
    theme = db.session.get(Theme, slug)
    if theme is None:
        raise NotFound(_("Temaet findes ikke."))
    return theme


def _count(slug: str, published: bool) -> int:
    cards = select(func.count()).select_from(Card).where(Card.theme == slug)
    if published:
        cards = cards.join(Survey, Survey.id == Card.survey).where(Survey.published_at.is_not(None))
    return int(db.session.scalar(cards) or 0)


def _free_look(themes: Sequence[Theme]) -> tuple[int, str]:
    taken = {theme.hue for theme in themes}
    free = [look for look in LOOKS if look[0] not in taken]
    return free[0] if free else LOOKS[len(themes) % len(LOOKS)]


def _wrong_name(name: str, slug: str, taken: Sequence[str]) -> str:
    if not slug or len(name) > LONGEST:
        return _("Skriv et navn på højst %(count)s tegn.", count=LONGEST)
    if slug in taken:
        return _("Der er allerede et tema med det navn.")
    return ""

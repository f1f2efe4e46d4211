"""Themes: rows that all areas share. Never commits."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from swipe.accounts.audit import changes, record
from swipe.areas.naming import slug_from
from swipe.db import db
from swipe.errors import Conflict, Invalid, NotFound
from swipe.legible import has_words, misleads, readable
from swipe.surveys.editing import cannot_be_shown
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Card, Survey, Theme, all_themes
from swipe.surveys.theme_looks import PATTERNS, Look, alike

# Eight that stay apart for every kind of colour vision: see the rule in `theme_looks`. The first
# three are those of the usual themes.
LOOKS = (
    Look(265, "dots"),
    Look(150, "lines"),
    Look(45, "solid"),
    Look(325, "lines"),
    Look(180, "solid"),
    Look(105, "dots"),
    Look(295, "solid"),
    Look(355, "dots"),
)
LONGEST = 40
RESERVED = frozenset({"usual"})  # a word of our own addresses


@dataclass(frozen=True)
class ThemeValues:
    """What a person decides about a theme: a name per language, hue and pattern."""

    names: Mapping[str, str] = field(default_factory=dict)
    hue: int | None = None
    pattern: str = ""


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
    try:
        with db.session.begin_nested():
            db.session.add(theme)
    except IntegrityError as error:  # somebody else's came first
        raise Invalid(_name_taken(), errors={"name": _name_taken()}) from error
    record("theme.added", thing=slug, label=name, after=_row(theme))
    return theme


def add_usual_themes() -> None:
    """Add the three themes most municipalities ask about, those that are not there."""
    known = {theme.slug for theme in all_themes()}
    usual = (
        (_("Foreningsliv"), "Clubs and associations"),
        (_("Grønne områder"), "Green areas"),
        (_("Byliv"), "Town life"),
    )
    for name, english in usual:
        if slug_from(name) in known:
            continue
        with suppress(Invalid):  # somebody else adds it at this moment
            theme = add_theme(name)
            theme.names = {**theme.names, "en": english}


def change_theme(slug: str, values: ThemeValues) -> Theme:
    """Change names and look of a theme; a language that is not named keeps its name.

    Raises Invalid with `errors` by field, Conflict for the Danish name once citizens have read it.
    """
    theme = locked_theme(slug)
    typed = {code: readable(" ".join(name.split())) for code, name in values.names.items()}
    names = {**theme.names, **typed}
    _check(theme, names, values)
    held = _row(theme)
    theme.names = {code: name for code, name in names.items() if name}
    theme.hue = theme.hue if values.hue is None else values.hue
    theme.pattern = values.pattern or theme.pattern
    before, after = changes(held, _row(theme))
    if after:
        record("theme.changed", thing=slug, label=theme.names["da"], before=before, after=after)
    return theme


def move_theme(slug: str, step: int) -> Theme:
    """Move a theme one place up (-1) or down (1); at the end nothing happens."""
    theme, themes = theme_or_404(slug), list(all_themes())
    old = themes.index(theme)
    new = old + step
    if step in (-1, 1) and 0 <= new < len(themes):
        themes[old], themes[new] = themes[new], themes[old]
        for place, one in enumerate(themes, 1):
            one.position = place
        label, before, after = theme.names.get("da", slug), {"order": old + 1}, {"order": new + 1}
        record("theme.changed", thing=slug, label=label, before=before, after=after)
    return theme


def remove_theme(slug: str) -> str:
    """Remove a theme that no card has and return its name; raises Conflict otherwise."""
    theme = locked_theme(slug)
    if _count(slug, published=False):
        raise Conflict(_in_use())
    name, row = theme.names.get("da", slug), _row(theme)
    try:
        with db.session.begin_nested():
            db.session.delete(theme)
    except IntegrityError as error:  # a card came into it at this moment
        raise Conflict(_in_use()) from error
    record("theme.removed", thing=slug, label=name, before=row)
    return name


def cards_by_theme() -> dict[str, int]:
    """Return the number of cards of every theme that has any, over all surveys."""
    counted = select(Card.theme, func.count()).group_by(Card.theme)
    return {theme: int(count) for theme, count in db.session.execute(counted)}


def theme_or_404(slug: str) -> Theme:
    """Return the theme; raises NotFound."""
    theme = db.session.get(Theme, slug)
    if theme is None:
        raise NotFound(_("Temaet findes ikke."))
    return theme


def locked_theme(slug: str) -> Theme:
    """Return a theme that nobody else can change or publish meanwhile; raises NotFound."""
    for theme in locked_themes([slug]):
        return theme
    raise NotFound(_("Temaet findes ikke."))


def locked_themes(slugs: Collection[str]) -> Sequence[Theme]:
    """Return themes that keep their names until this transaction ends.

    In one order, so that two who lock several never wait for each other; cards may still come
    into them.
    """
    wanted = select(Theme).where(Theme.slug.in_(slugs)).order_by(Theme.slug)
    locked = wanted.with_for_update(key_share=True).execution_options(populate_existing=True)
    return db.session.scalars(locked).all()


def is_public(slug: str) -> bool:
    """Whether citizens may have read the theme's name: a card of a published survey has it."""
    return _count(slug, published=True) > 0


def looks_alike(theme: Theme) -> list[Theme]:
    """Return the other themes that somebody who is colour-blind may take for this one."""
    mine = Look(theme.hue, theme.pattern)
    others = (other for other in all_themes() if other.slug != theme.slug)
    return [other for other in others if alike(mine, Look(other.hue, other.pattern))]


def danish_names() -> dict[str, str]:
    """Return the Danish names of all themes by slug."""
    return {theme.slug: theme.names.get("da", theme.slug) for theme in all_themes()}


def hue_names() -> dict[str, str]:
    """Return what the eight hues are called, by their degrees."""
    words = (_("blå"), _("grøn"), _("orange"), _("lilla"))
    more = (_("blågrøn"), _("oliven"), _("violet"), _("rosa"))
    return {str(look.hue): name for look, name in zip(LOOKS, words + more, strict=True)}


def _row(theme: Theme) -> dict[str, Any]:
    return {"names": dict(theme.names), "hue": theme.hue, "pattern": theme.pattern}


def _check(theme: Theme, names: Mapping[str, str], values: ThemeValues) -> None:
    if names.get("da") != theme.names.get("da") and is_public(theme.slug):
        raise Conflict(_("Temaet er brugt i en offentlig undersøgelse. Navnet er låst."))
    errors = {}
    for code, name in names.items():
        if misleads(name):
            errors[code] = cannot_be_shown()
        elif len(name) > LONGEST or (code == "da" and not name):
            errors[code] = _("Skriv et navn på højst %(count)s tegn.", count=LONGEST)
    if set(values.names) - set(LANGUAGES):
        errors["da"] = _("Vælg blandt sprogene på listen.")
    if values.hue is not None and not 0 <= values.hue <= 360:
        errors["hue"] = _("Vælg en farve.")
    if values.pattern and values.pattern not in PATTERNS:
        errors["pattern"] = _("Vælg et mønster.")
    if errors:
        raise Invalid(next(iter(errors.values())), errors=errors)


def _count(slug: str, published: bool) -> int:
    cards = select(func.count()).select_from(Card).where(Card.theme == slug)
    if published:
        cards = cards.join(Survey, Survey.id == Card.survey).where(Survey.published_at.is_not(None))
    return int(db.session.scalar(cards) or 0)


def _free_look(themes: Sequence[Theme]) -> Look:
    held = [Look(theme.hue, theme.pattern) for theme in themes]
    taken = {look.hue for look in held}
    free = [look for look in LOOKS if look.hue not in taken]
    best = [look for look in free if not any(alike(look, other) for other in held)] or free
    return best[0] if best else LOOKS[len(themes) % len(LOOKS)]


def _wrong_name(name: str, slug: str, taken: Sequence[str]) -> str:
    if not slug or not has_words(name) or len(name) > LONGEST:
        return _("Skriv et navn på højst %(count)s tegn.", count=LONGEST)
    if misleads(name):
        return cannot_be_shown()
    return _name_taken() if slug in taken or slug in RESERVED else ""


def _name_taken() -> str:
    return _("Der er allerede et tema med det navn.")


def _in_use() -> str:
    return _("Temaet har kort og kan ikke slettes.")

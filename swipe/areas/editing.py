"""Adding, renaming and removing areas. Never commits."""

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from swipe.accounts.audit import record
from swipe.areas.models import Area, Residents
from swipe.areas.naming import RESERVED, is_slug, slug_from
from swipe.db import db
from swipe.errors import Conflict, Invalid, NotFound
from swipe.legible import has_words, misleads


def area_or_404(slug: str) -> Area:
    """Return the area; raises NotFound."""
    area = db.session.get(Area, slug)
    if area is None:
        raise NotFound(_("Lokalområdet findes ikke."))
    return area


def add_area(name: str, slug: str = "") -> Area:
    """Add an area; without a slug one is made from the name.

    Raises Invalid, with a sentence for every field in `errors`.
    """
    errors: dict[str, str] = {}
    name = _checked_name(name, errors)
    slug = slug.strip().lower() or slug_from(name)
    if not is_slug(slug):
        errors["slug"] = _("Brug små bogstaver a-z, tal og bindestreg, fx bolbro.")
    elif slug in RESERVED:
        errors["slug"] = _(
            "Den adresse bruger siden selv. Vælg en anden, fx %(slug)s-by.", slug=slug
        )
    elif db.session.get(Area, slug) is not None:
        errors["slug"] = _("Den adresse er taget af et andet lokalområde.")
    if errors:
        raise Invalid(_("Lokalområdet kunne ikke oprettes."), errors=errors)
    area = Area(slug=slug, name=name)
    db.session.add(area)
    db.session.flush()
    record("area.added", thing=slug, label=name)
    return area


def rename_area(slug: str, name: str) -> Area:
    """Give an area another name; its slug stays, because posters carry it."""
    area, errors = area_or_404(slug), dict[str, str]()
    before, area.name = area.name, _checked_name(name, errors)
    if errors:
        raise Invalid(errors["name"], errors=errors)
    if before != area.name:
        held, given = {"name": before}, {"name": area.name}
        record("area.changed", thing=slug, label=area.name, before=held, after=given)
    return area


def remove_area(slug: str) -> str:
    """Remove an area with its residents and return its name.

    Raises Conflict when a survey belongs to it.
    """
    area = area_or_404(slug)
    name = area.name
    try:
        db.session.execute(delete(Residents).where(Residents.area == slug))
        db.session.delete(area)
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise Conflict(_("Lokalområdet har en undersøgelse og kan ikke slettes.")) from error
    record("area.removed", thing=slug, label=name)
    return name


def _checked_name(name: str, errors: dict[str, str]) -> str:
    name = " ".join(name.split())
    if not has_words(name):
        errors["name"] = _("Skriv et navn.")
    elif misleads(name):
        errors["name"] = _("Navnet indeholder tegn, der ikke kan vises. Skriv det igen.")
    elif len(name) > 200:
        errors["name"] = _("Navnet er for langt. Grænsen er 200 tegn.")
    return name

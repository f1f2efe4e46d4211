"""Who works here: adding, changing and removing accounts. Never commits."""

import re
import uuid
from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from swipe.accounts.audit import record
from swipe.accounts.login import MIN_PASSWORD, hash_password
from swipe.accounts.models import ROLES, Staff, staff_by_email
from swipe.db import db
from swipe.errors import Conflict, Invalid, NotFound
from swipe.legible import has_words, misleads

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def all_staff() -> Sequence[Staff]:
    """Return every account by name."""
    return db.session.scalars(select(Staff).order_by(Staff.name, Staff.email)).all()


def staff_or_404(staff_id: uuid.UUID) -> Staff:
    """Return the account; raises NotFound."""
    staff = db.session.get(Staff, staff_id)
    if staff is None:
        raise NotFound(_("Medarbejderen findes ikke."))
    return staff


def add_staff(name: str, email: str, role: str, password: str, today: date) -> Staff:
    """Add an account.

    Raises Invalid, with a sentence for every field in `errors`.
    """
    name, email = name.strip(), email.strip().lower()
    errors: dict[str, str] = {}
    if not has_words(name) or misleads(name) or len(name) > 200:
        errors["name"] = _("Skriv navnet.")
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        errors["email"] = _("Skriv en mailadresse, fx mette@kommune.dk.")
    elif staff_by_email(email):
        errors["email"] = _taken()
    if role not in ROLES:
        errors["role"] = _("Vælg en rolle.")
    if not _long_enough(password):
        errors["password"] = too_short()
    if errors:
        raise _not_added(errors)
    hashed = hash_password(password)
    staff = Staff(
        id=uuid.uuid4(), name=name, email=email, role=role, password_hash=hashed, added_on=today
    )
    try:
        with db.session.begin_nested():
            db.session.add(staff)
    except IntegrityError as error:  # the other half of a double click came first
        raise _not_added({"email": _taken()}) from error
    record("staff.added", thing=staff.id, label=name, after={"role": role})
    return staff


def _taken() -> str:
    return _("Der er allerede en konto med den mailadresse.")


def _not_added(errors: dict[str, str]) -> Invalid:
    return Invalid(_("Medarbejderen kunne ikke tilføjes."), errors=errors)


def change_role(staff_id: uuid.UUID, role: str) -> Staff:
    """Give an account another role; raises Conflict for the last administrator."""
    if role not in ROLES:
        raise Invalid(_("Vælg en rolle."))
    staff = staff_or_404(staff_id)
    if role != "admin":
        _keep_an_admin(staff)
    before, staff.role = staff.role, role
    if before != role:
        held, given = {"role": before}, {"role": role}
        record("staff.changed", thing=staff.id, label=staff.name, before=held, after=given)
    return staff


def reset_password(staff_id: uuid.UUID, password: str) -> Staff:
    """Give an account a new password, which ends all its sessions."""
    if not _long_enough(password):
        raise Invalid(too_short())
    staff = staff_or_404(staff_id)
    staff.password_hash = hash_password(password)
    staff.epoch += 1
    record("staff.password", thing=staff.id, label=staff.name)
    return staff


def remove_staff(staff_id: uuid.UUID) -> str:
    """Remove an account and return its name; raises Conflict for the last administrator."""
    staff = staff_or_404(staff_id)
    _keep_an_admin(staff)
    db.session.delete(staff)
    record("staff.removed", thing=staff_id, label=staff.name, before={"role": staff.role})
    return staff.name


def too_short() -> str:
    """Return the sentence about a password that is too short."""
    return _("Adgangskoden skal have mindst %(count)s tegn.", count=MIN_PASSWORD)


def _long_enough(password: str) -> bool:
    return MIN_PASSWORD <= len(password) <= 1000


def _keep_an_admin(staff: Staff) -> None:
    # Locked, so that two administrators cannot remove each other at the same moment.
    admins = db.session.scalars(select(Staff.id).where(Staff.role == "admin").with_for_update())
    if list(admins) == [staff.id]:
        raise Conflict(_("Der skal være mindst én administrator."))

"""Logging in and out: argon2, one signed cookie, and an epoch that ends every old session."""

import uuid

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import g, session
from sqlalchemy.orm import Session

from swipe.accounts.models import Staff, staff_by_email
from swipe.db import db, glance, reading

# OWASP's second choice for argon2id: 19 MiB, two passes, one lane; kind to small machines.
_hasher = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
_nobody = _hasher.hash("nobody has this password")
MIN_PASSWORD = 10


def hash_password(password: str) -> str:
    """Return the argon2id hash that is stored."""
    return _hasher.hash(password)


def verified(email: str, password: str) -> Staff | None:
    """Return the account when address and password fit; a wrong address costs the same time."""
    # The slow part happens in no transaction: on SQLite it would keep everybody from writing.
    with glance():
        staff = staff_by_email(email)
    try:
        _hasher.verify(staff.password_hash if staff else _nobody, password)
    except (VerificationError, InvalidHashError):
        return None
    if staff and _hasher.check_needs_rehash(staff.password_hash):
        db.session.get_one(Staff, staff.id).password_hash = hash_password(password)
    return staff


def log_in(staff: Staff) -> None:
    """Begin a new session; whatever the cookie held before is gone."""
    session.clear()
    session.permanent = True
    session["staff"] = str(staff.id)
    session["epoch"] = staff.epoch


def log_out(staff: Staff) -> None:
    """End this session and every copy of its cookie."""
    db.session.get_one(Staff, staff.id).epoch += 1
    session.clear()


def current_staff() -> Staff | None:
    """Return who is logged in on this request, looked up once and detached from any session."""
    if "staff_looked_up" not in g:
        g.staff_looked_up = _from_session()
    return g.staff_looked_up


def _from_session() -> Staff | None:
    held = session.get("staff")
    if held is None:
        return None
    # In a transaction of its own: on SQLite an upload would else hold the write lock from here
    # on, through all its decoding, while citizens wait.
    with reading(), Session(db.engine, expire_on_commit=False) as apart:
        staff = apart.get(Staff, uuid.UUID(held))
    return staff if staff and staff.epoch == session.get("epoch") else None

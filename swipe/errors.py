"""What can go wrong in our own words. Only `web` knows how an answer over HTTP looks.

Verb modules raise these; every one carries a sentence for the reader, in the reader's language.
"""

from collections.abc import Mapping
from typing import Any


class SwipeError(Exception):
    """A refusal with a sentence. `status` is the HTTP status that `web` answers with."""

    status = 400
    slug = "bad-request"

    def __init__(self, detail: str, **facts: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.facts: Mapping[str, Any] = facts


class Malformed(SwipeError):
    """The body is not a document we can read at all."""

    slug = "malformed"


class NotFound(SwipeError):
    """There is no such thing, or nobody may know that there is."""

    status = 404
    slug = "not-found"


class NotOpen(SwipeError):
    """The survey is published and has not opened yet."""

    status = 409
    slug = "not-open"


class RevisionTaken(SwipeError):
    """The same revision is held with other content; the phone sends the next one."""

    status = 409
    slug = "revision-taken"


class Conflict(SwipeError):
    """The change does not fit what stands already."""

    status = 409
    slug = "conflict"


class Gone(SwipeError):
    """It was here and is not any more: a closed survey, a deleted participation."""

    status = 410
    slug = "gone"


class TooLarge(SwipeError):
    """More bytes than we take."""

    status = 413
    slug = "too-large"


class WrongType(SwipeError):
    """Another media type than the one we read."""

    status = 415
    slug = "wrong-type"


class Invalid(SwipeError):
    """Readable, but a value is not allowed. `errors` in the facts names the places."""

    status = 422
    slug = "invalid"


class Busy(SwipeError):
    """The database did not let us in within its time; trying again is right."""

    status = 503
    slug = "busy"


class SetupError(SwipeError):
    """The installation lacks something; the sentence says what to type."""

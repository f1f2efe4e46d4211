"""Pictures in any S3-compatible store: the same promises as a folder's, kept over a network."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import obstore
from flask import current_app
from flask_babel import gettext as _
from obstore.exceptions import BaseError
from obstore.store import S3Store

from swipe.errors import Busy
from swipe.media.storage import DIGITS, NAME, TYPES, Opened, Stored, checked, name_of

ANSWERS_WITHIN = timedelta(seconds=8)  # with one retry less than a stop may take
RETRIES = {"max_retries": 1, "retry_timeout": timedelta(seconds=5)}
READ_WITHIN = timedelta(seconds=3)  # a citizen waits, and so does a thread of the web program
NO_RETRIES = {"max_retries": 0, "retry_timeout": timedelta(seconds=1)}
READERS = 8  # of 16 threads: the others answer citizens while the store hangs


class Bucket:
    """A bucket, or a folder in one. Every write is one request, so files appear whole."""

    def __init__(self, url: str) -> None:
        parts, asked = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
        endpoint = asked.get("endpoint")
        settings: dict[str, Any] = {"region": asked.get("region", "us-east-1")}
        if endpoint:
            settings |= {"endpoint": endpoint, "virtual_hosted_style_request": False}
        plain = (endpoint or "").startswith("http://")
        place = (parts.netloc, parts.path.strip("/") or None, plain, settings)
        self.store = _store(*place, ANSWERS_WITHIN, RETRIES)
        self.quick = _store(*place, READ_WITHIN, NO_RETRIES)
        self.readers = threading.BoundedSemaphore(READERS)

    def put(self, data: bytes, ending: str, digits: int = DIGITS) -> str:
        """Store bytes under their digest; written again they are new again, and whole."""
        name = name_of(data, ending, digits)
        with _answering(missing=False):
            obstore.put(
                self.store,
                name,
                data,
                attributes={"Content-Type": TYPES[ending]},
                use_multipart=False,
            )
        return name

    def get(self, name: str) -> bytes:
        """Return a file's bytes; raises FileNotFoundError."""
        with _answering():
            return bytes(obstore.get(self.store, checked(name)).bytes())

    def open(self, name: str) -> Opened:
        """Return a file to be sent on; raises FileNotFoundError.

        Raises Busy at once when as many are waiting for the store as may.
        """
        if not self.readers.acquire(blocking=False):
            raise Busy(_silent())
        try:
            with _answering():
                found = obstore.get(self.quick, checked(name))
                data = bytes(found.bytes())
        finally:
            self.readers.release()
        return Opened(io.BytesIO(data), len(data), found.meta["last_modified"])

    def files(self) -> Iterator[Stored]:
        """Yield every stored file."""
        with _answering(missing=False):
            for page in obstore.list(self.store):
                for one in page:
                    if NAME.match(one["path"]):
                        yield Stored(one["path"], one["last_modified"], one["size"])

    def remove(self, name: str, before: datetime) -> bool:
        """Remove a file unless it was put after a moment; return whether it is gone."""
        with _answering():
            try:
                if obstore.head(self.store, checked(name))["last_modified"] >= before:
                    return False
                obstore.delete(self.store, name)
            except FileNotFoundError:
                pass
        return True

    def clear_unfinished(self, before: datetime) -> int:
        """Return 0: a request that was cut off leaves nothing in a bucket."""
        return 0


def _store(
    bucket: str,
    prefix: str | None,
    plain: bool,
    settings: dict[str, Any],
    within: timedelta,
    retries: dict[str, Any],
) -> S3Store:
    options: Any = {"timeout": within, "connect_timeout": within, "allow_http": plain}
    tries: Any = retries
    return S3Store(bucket, prefix=prefix, client_options=options, retry_config=tries, **settings)


@contextmanager
def _answering(missing: bool = True) -> Iterator[None]:
    """Turn the faults of network and store into one sentence, their reason into the log.

    A file that is missing stays that, unless none was asked for: then it is the bucket.
    """
    try:
        yield
    except (BaseError, FileNotFoundError) as error:
        if missing and isinstance(error, FileNotFoundError):
            raise
        current_app.logger.warning("picture store: %s", str(error).partition("\n")[0])
        raise Busy(_silent()) from error


def _silent() -> str:
    return _("Lageret for billeder svarer ikke lige nu. Prøv igen om lidt.")

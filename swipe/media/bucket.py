"""Pictures in any S3-compatible store: the same promises as a folder's, kept over a network."""

import io
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
from swipe.media.storage import NAME, TYPES, Opened, Stored, checked, name_of

ANSWERS_WITHIN = timedelta(seconds=10)
RETRIES = {"max_retries": 2, "retry_timeout": timedelta(seconds=15)}


class Bucket:
    """A bucket, or a folder in one. Every write is one request, so files appear whole."""

    def __init__(self, url: str) -> None:
        parts, asked = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
        endpoint = asked.get("endpoint")
        settings: dict[str, Any] = {"region": asked.get("region", "us-east-1")}
        if endpoint:
            settings |= {"endpoint": endpoint, "virtual_hosted_style_request": False}
        self.store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            client_options={
                "timeout": ANSWERS_WITHIN,
                "connect_timeout": ANSWERS_WITHIN,
                "allow_http": (endpoint or "").startswith("http://"),
            },
            retry_config=RETRIES,  # type: ignore[arg-type]
            **settings,
        )

    def put(self, data: bytes, ending: str) -> str:
        """Store bytes under their digest; written again they are new again, and whole."""
        name = name_of(data, ending)
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
        """Return a file to be sent on; raises FileNotFoundError."""
        with _answering():
            found = obstore.get(self.store, checked(name))
            data = bytes(found.bytes())
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
        raise Busy(_("Lageret for billeder svarer ikke lige nu. Prøv igen om lidt.")) from error

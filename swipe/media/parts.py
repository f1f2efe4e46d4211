"""The files of one form while they stream in: each kept up to a limit, the rest read away.

So one file too many, or too large, costs its own place alone; the files beside it stay whole, and
no byte beyond the limits is ever kept. A file that is kept lies in memory, or in a nameless
temporary file that ends with the request.
"""

import io
from collections.abc import Mapping
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Flask, Request, current_app
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from swipe.errors import Invalid, TooLarge
from swipe.media.decoding import MAX_BYTES

MOST_FILES = 10  # with scripts each file has a request of its own
IN_MEMORY = 500 * 1024
LARGE, MANY = "large", "many"


class Part(SpooledTemporaryFile[bytes]):
    """One file of a form. `left_out` says why it was not kept, empty when it was.

    `taken_over` says that somebody else closes it.
    """

    def __init__(self, left_out: str = "", most: int = MAX_BYTES) -> None:
        super().__init__(max_size=IN_MEMORY)
        self.left_out, self.most, self.taken_over = left_out, most, False

    def write(self, data: Any) -> int:
        """Keep the bytes while they fit; otherwise drop the whole file."""
        if not self.left_out and self.tell() + len(data) > self.most:
            self.left_out = LARGE
            self.seek(0)
            self.truncate()
        return len(data) if self.left_out else super().write(data)


class PartRequest(Request):
    """A request that holds every file of a form to the limits, in the views that ask for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._parts: list[Part] = []

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        most = current_app.extensions["part-views"].get(self.endpoint)
        if most is None:
            length = content_length
            return super()._get_file_stream(total_content_length, content_type, filename, length)
        # A field where nothing was chosen comes as a file without a name; it is no file.
        part = Part("" if filename and len(self._parts) < MOST_FILES else MANY, most)
        if filename:
            self._parts.append(part)
        return part

    def close(self) -> None:
        """Let go of every file, also of a form that broke off half-way."""
        super().close()
        for part in self._parts:
            if not part.taken_over:
                part.close()


def contents(file: FileStorage, too_large: str = "") -> bytes:
    """Return the bytes of an uploaded file.

    Raises TooLarge, with the sentence `too_large` where one is given, or Invalid for a file that
    was not kept.
    """
    _refuse_left_out(file, too_large or _("Filen er for stor. Grænsen er 15 MB."))
    return file.stream.read()


def taken_over(file: FileStorage, too_large: str) -> IO[bytes]:
    """Return an uploaded file, which is the caller's to close and outlives the request.

    Raises TooLarge with the sentence `too_large`, or Invalid, for a file that was not kept.
    """
    _refuse_left_out(file, too_large)
    kept, file.stream = file.stream, io.BytesIO()
    if isinstance(kept, Part):
        kept.taken_over = True
    return kept


def _refuse_left_out(file: FileStorage, too_large: str) -> None:
    left_out = getattr(file.stream, "left_out", "")
    if left_out == LARGE:
        raise TooLarge(too_large)
    if left_out == MANY:
        raise Invalid(_("Der kan sendes ti filer ad gangen. Send den her bagefter."))


def init_app(app: Flask, views: Mapping[str, int]) -> None:
    """Hold the files sent to some views to so many bytes each."""
    app.request_class = PartRequest
    app.extensions["part-views"] = dict(views)

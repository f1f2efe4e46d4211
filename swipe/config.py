"""Every setting, from SWIPE_* variables, checked once at start.

`SETTINGS` is the only place where a setting is described; the table in docs/operations.md is
checked against it.
"""

import os
import secrets
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from environs import Env, EnvError, ValidationError

from swipe.errors import SetupError
from swipe.hook_hosts import Host, read_hosts
from swipe.smtp_url import MailServer, read_sender, read_smtp_url

DEFAULT_BASE_URL = "http://127.0.0.1:8000"  # says nothing about how others reach us

SETTINGS: dict[str, str] = {
    "SWIPE_DATA": "Folder for database, pictures and secret key; default var/city.",
    "SWIPE_DATABASE_URL": "A PostgreSQL address; default SQLite in SWIPE_DATA.",
    "SWIPE_SECRET_KEY": "Signs sessions; default made once in SWIPE_DATA/secret_key, mode 0600.",
    "SWIPE_MEDIA_URL": "An S3-compatible store for pictures; default a folder in SWIPE_DATA.",
    "SWIPE_BASE_URL": "Public address; with https cookies are Secure and HSTS is sent.",
    "SWIPE_MUNICIPALITY": "Name of the municipality, as citizens read it; default Odense Kommune.",
    "SWIPE_TIMEZONE": "Days and closing follow it; default Europe/Copenhagen.",
    "SWIPE_GRACE_DAYS": "Days after closing in which late phones are still heard; default 7.",
    "SWIPE_LIMITS": "off switches rate limits off, for the demo and load tests; default on.",
    "SWIPE_REDIS_URL": "Where limits are kept with more than one machine; default in memory.",
    "SWIPE_PROXIES": "How many proxies stand in front and set X-Forwarded-For; default 0.",
    "SWIPE_CONTACT": "Where citizens turn with questions: a mail address or telephone number.",
    "SWIPE_WAS_URL": "The accessibility statement that /was leads to.",
    "SWIPE_DATA_LICENCE": "Licence of published figures, as CC BY 4.0; default none: ask first.",
    "SWIPE_SMTP_URL": "The mail server for alerts to staff: smtp://USER:PASSWORD@HOST:587.",
    "SWIPE_MAIL_FROM": "The address that these mails come from; needed with SWIPE_SMTP_URL.",
    "SWIPE_WEBHOOK_HOSTS": "Hosts that alerts may be posted to, with commas; default none.",
    "SWIPE_OFFLINE": "off removes the service worker from every phone that comes by; default on.",
}


LICENCES = {
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
}
S3_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


@dataclass(frozen=True)
class Config:
    """The settings after checking; times and paths already have their types."""

    data: Path
    database_url: str
    media_url: str
    secret_key: str
    base_url: str
    municipality: str
    timezone: ZoneInfo
    grace_days: int
    limits: bool
    limit_storage: str
    proxies: int
    contact: str
    was_url: str
    offline: bool
    data_licence: str = ""
    mail_server: MailServer | None = None
    mail_from: str = ""
    webhook_hosts: frozenset[Host] = frozenset()

    @property
    def licence_address(self) -> str | None:
        """Where the licence of published figures is read, None where we do not know it."""
        return LICENCES.get(self.data_licence)

    @property
    def secure(self) -> bool:
        """Whether citizens reach us over https."""
        return urlsplit(self.base_url).scheme == "https"

    @property
    def database_file(self) -> Path:
        """Where the embedded database lies."""
        return _database_file(self.data)

    @property
    def sqlite(self) -> bool:
        """Whether the database is the embedded one."""
        return self.database_url.startswith("sqlite")


def load(data: str | os.PathLike[str] | None = None) -> Config:
    """Read and check all settings; `data` overrides SWIPE_DATA.

    Raises SetupError with one sentence naming every variable that is wrong.
    """
    env = Env(eager=False)
    with env.prefixed("SWIPE_"):
        folder = data_folder(data)
        url = env.str("DATABASE_URL", "")
        raw: dict[str, Any] = {
            "secret_key": env.str("SECRET_KEY", ""),
            "media_url": _media_url(env.str("MEDIA_URL", "")),
            "base_url": env.str("BASE_URL", DEFAULT_BASE_URL).rstrip("/"),
            "municipality": env.str("MUNICIPALITY", "Odense Kommune"),
            "grace_days": env.int("GRACE_DAYS", 7, validate=_between(0, 60)),
            "limits": env.bool("LIMITS", True),
            "limit_storage": env.str("REDIS_URL", "memory://"),
            "proxies": env.int("PROXIES", 0, validate=_between(0, 5)),
            "contact": env.str("CONTACT", ""),
            "was_url": env.str("WAS_URL", ""),
            "offline": env.bool("OFFLINE", True),
            "mail_server": read_smtp_url(env.str("SMTP_URL", "")),
            "mail_from": env.str("MAIL_FROM", ""),
            "webhook_hosts": read_hosts(env.str("WEBHOOK_HOSTS", "")),
            "data_licence": env.str("DATA_LICENCE", "", validate=_one_line),
        }
        zone = env.str("TIMEZONE", "Europe/Copenhagen")
    if folder.exists() and not folder.is_dir():
        raise SetupError(f"{folder} is a file. Name a folder.")
    try:
        env.seal()
        raw["timezone"] = ZoneInfo(zone)
    except EnvError as error:
        raise SetupError(f"Settings: {error}") from error
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SetupError(f"SWIPE_TIMEZONE names no time zone: {zone}") from error
    if raw["mail_server"] is not None:
        raw["mail_from"] = read_sender(raw["mail_from"])
    raw["secret_key"] = raw["secret_key"] or _own_secret(folder)
    return Config(data=folder, database_url=_database_url(url, folder), **raw)


def data_folder(data: str | os.PathLike[str] | None = None) -> Path:
    """Return the folder of the city: `data`, else SWIPE_DATA, else the default."""
    return Path(data or os.environ.get("SWIPE_DATA", "var/city")).absolute()


def refuse_missing_city(data: str | os.PathLike[str] | None = None) -> None:
    """Raise SetupError where the data folder is not there, so that no slip of a key makes one.

    With a database elsewhere the folder holds little, and a new machine may begin without it.
    """
    folder = data_folder(data)
    if not (folder.exists() or os.environ.get("SWIPE_DATABASE_URL")):
        raise SetupError(
            f"{folder} holds no city. Name another folder, or make a city there: "
            f"swipe migrate {data_words(folder)}"
        )


def data_words(folder: Path) -> str:
    """Return how a command is told of the folder, as it is typed."""
    return f"--data {shlex.quote(str(folder))}"


def unwritable(folder: Path, error: OSError) -> SetupError:
    """Return the refusal where the data folder cannot be used."""
    return SetupError(f"{folder} cannot be used: {error.strerror}.")


def _between(low: int, high: int) -> Callable[[int], None]:
    def check(value: int) -> None:
        if not low <= value <= high:
            raise ValidationError(f"must lie between {low} and {high}")

    return check


def _one_line(value: str) -> None:
    if len(value) > 100 or not value.isprintable() or value != value.strip():
        raise ValidationError("must be one line of at most 100 letters")


def _database_file(folder: Path) -> Path:
    return folder / "swipe.sqlite3"


def _database_url(url: str, folder: Path) -> str:
    if not url:
        return f"sqlite:///{_database_file(folder)}"
    scheme, _, rest = url.partition("://")
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        return f"postgresql+psycopg://{rest}"
    raise SetupError("SWIPE_DATABASE_URL must begin with postgresql://")


def _media_url(url: str) -> str:
    """Check the address of a store for pictures; its key is read where every S3 program reads it.

    The shape is s3://BUCKET/FOLDER?endpoint=ADDRESS&region=NAME; only the bucket must be there.
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        asked = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        endpoint = urlsplit(asked.get("endpoint", "https://store")).scheme
    except ValueError:
        raise SetupError("SWIPE_MEDIA_URL is no address.") from None
    if parts.scheme != "s3" or not parts.netloc or "@" in parts.netloc:
        raise SetupError("SWIPE_MEDIA_URL must begin with s3:// and the name of a bucket.")
    if not asked.keys() <= {"endpoint", "region"} or endpoint not in ("http", "https"):
        raise SetupError("SWIPE_MEDIA_URL takes ?endpoint=https://… and &region=…, nothing else.")
    lacking = [name for name in S3_KEYS if not os.environ.get(name)]
    if lacking:
        raise SetupError(f"SWIPE_MEDIA_URL needs a key as well: set {' and '.join(lacking)}.")
    return url


def _own_secret(folder: Path) -> str:
    try:
        return _kept_secret(folder)
    except OSError as error:
        raise unwritable(folder, error) from error


def _kept_secret(folder: Path) -> str:
    """Return the installation's own secret; made once, readable by its owner alone."""
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _kept_secret(folder)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")

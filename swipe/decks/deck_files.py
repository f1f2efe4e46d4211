"""The files of a deck as they came, in a ZIP or a folder: found by name, read with a limit.

No database. Nothing is ever written to a disk, least of all under a name from the file.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask_babel import gettext as _

from swipe.errors import Invalid
from swipe.media.decoding import MAX_BYTES

MOST_FILES = 400
MOST_BYTES = 300 * 1024 * 1024  # of all files together, unpacked
MOST_FOLD = 1000  # honest files never grow a thousand times; deflate can do 1,032
LONGEST_NAME = 500
CHUNK = 64 * 1024
SHEETS = ("cards.csv", "deck.csv")
LEFT_BY_SYSTEMS = frozenset({"__macosx", "thumbs.db", "desktop.ini"})


class Problem(NamedTuple):
    """Something that cannot be used: the line of the table or the file it is about, and why."""

    line: int | None
    file: str
    reason: str

    def sentence(self) -> str:
        """Return it for a reader, beginning with where it is."""
        if self.line is not None:
            return _("Linje %(line)s: %(sentence)s", line=self.line, sentence=self.reason)
        return f"{self.file}: {self.reason}" if self.file else self.reason


@dataclass(frozen=True)
class Member:
    """One file: its name with folders, how to read it, and why it may not be read, if so.

    `packed` is how many bytes it takes in the ZIP, None where nothing is packed. `others` are
    names it may also have been meant by, where the ZIP does not say in which letters.
    """

    name: str
    chunks: Callable[[], Iterator[bytes]]
    packed: int | None = None
    wrong: str = ""
    others: tuple[str, ...] = ()


class Deck:
    """The files of one deck, and how much of them was read so far."""

    def __init__(self, members: Iterable[Member]) -> None:
        """Take the files in; of two with the same name only the first can be used."""
        self.members: list[Member] = []
        self.problems: list[Problem] = []
        self.read_so_far = 0
        seen: set[str] = set()
        for member in members:
            if not member.wrong and folded(member.name) in seen:
                self.problems.append(Problem(None, shown(member.name), _same_name()))
                continue
            seen.add(folded(member.name))
            self.members.append(member)
        self._by_last: dict[str, list[Member]] = {}
        for member in self.members:
            for name in (member.name, *member.others):
                self._by_last.setdefault(_last(folded(name)), []).append(member)

    def usable(self) -> Sequence[Member]:
        """Return the files that may be read, in order."""
        return [member for member in self.members if not member.wrong]

    def refused(self) -> list[Problem]:
        """Return every file that may not be read, with the reason."""
        wrong = [Problem(None, shown(one.name), one.wrong) for one in self.members if one.wrong]
        return wrong + self.problems

    def sheet(self) -> Member | None:
        """Return the table of the deck, None without one; raises Invalid for two."""
        for name in SHEETS:
            found = [one for one in self.usable() if _last(folded(one.name)) == name]
            if len(found) > 1:
                raise Invalid(_("Der er flere filer, der hedder %(name)s.", name=name))
            if found:
                return found[0]
        return None

    def find(self, name: str) -> Member:
        """Return the file that a line of the table names, with or without its folders.

        Raises Invalid when there is none, several, or one that may not be used.
        """
        wanted = folded(name)
        near = self._by_last.get(_last(wanted), [])
        exact = [one for one in near if folded(one.name) == wanted]
        found = exact or [one for one in near if _ends_with(one, wanted)]
        if not found:
            raise Invalid(_("billedet '%(file)s' er der ikke.", file=shown(name)))
        if len({one.name for one in found}) > 1:
            reason = _(
                "flere billeder hedder '%(file)s'. Skriv mappens navn foran.", file=shown(name)
            )
            raise Invalid(reason)
        if found[0].wrong:
            raise Invalid(f"{shown(name)}: {found[0].wrong}")
        return found[0]

    def read(self, member: Member, limit: int = MAX_BYTES) -> bytes:
        """Return the bytes of a file, counted while they come; raises Invalid beyond a limit."""
        if member.wrong:
            raise Invalid(member.wrong)
        data = bytearray()
        for chunk in member.chunks():
            data += chunk
            self.read_so_far += len(chunk)
            if self.read_so_far > MOST_BYTES:
                raise Invalid(_("Filerne fylder over 300 MB, når de er pakket ud."))
            if reason := refusal_of_size(len(data), limit, member.packed):
                raise Invalid(reason)
        return bytes(data)


def folded(name: str) -> str:
    """Return a name as names are compared: a Mac writes å as two signs, Windows turns slashes."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").strip().casefold()
    return unicodedata.normalize("NFC", plain.removeprefix("./"))


def shown(name: str) -> str:
    """Return a file's name for a sentence: one line, not endless."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in name)
    return unicodedata.normalize(
        "NFC", plain if len(plain) <= 100 else f"{plain[:60]}…{plain[-30:]}"
    )


def unsafe(name: str) -> str:
    """Return why a name may not be in a deck, empty when it may."""
    path = name.replace("\\", "/")
    if len(path) > LONGEST_NAME:
        return _("Navnet er for langt.")
    if "\0" in path or path.startswith("/") or path[1:2] == ":" or ".." in path.split("/"):
        return _("Navnet peger ud af mappen. Filen er ikke åbnet.")
    return ""


def refusal_of_size(size: int, limit: int, packed: int | None) -> str:
    """Return why so many bytes are too many, for the limit or for what they were packed in."""
    if packed is not None and size > packed * MOST_FOLD:
        return _("Filen er pakket på en farlig måde og er ikke åbnet.")
    if size > limit:
        return _("Filen er for stor. Grænsen er %(size)s MB.", size=limit // (1024 * 1024))
    return ""


def left_by_system(name: str) -> bool:
    """Whether a file was put there by the machine, not by a person."""
    parts = folded(name).split("/")
    return any(part in LEFT_BY_SYSTEMS for part in parts) or _last(parts[-1]).startswith(".")


def too_many() -> Invalid:
    """Return the refusal of a deck with more files than anybody looks through."""
    return Invalid(_("Der er for mange filer. Grænsen er %(count)s.", count=MOST_FILES))


def _same_name() -> str:
    return _("Der er to filer med det navn. Kun den første er brugt.")


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _ends_with(member: Member, wanted: str) -> bool:
    names = [folded(name) for name in (member.name, *member.others)]
    return any(name == wanted or name.endswith(f"/{wanted}") for name in names)

"""A program of its own: a folder with a report's words and pictures to a PDF, on standard output.

It runs as a child, so that the typesetter's memory is never that of a process that serves people.
A letter that no font of ours has would end the work: it is shown as an empty box instead.
"""

import json
import re
import resource
import sys
from pathlib import Path

import typst

LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
INSTEAD = "\u25af"  # an empty box, which the second font has
UNREADABLE = "decode image"
MEMORY = 1536 * 1024 * 1024
SECONDS = 20
TRIES = 3


def main(folder: Path) -> None:
    """Write the PDF of report.typ in a folder to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(set_in_type(folder))


def set_in_type(folder: Path) -> bytes:
    """Return the PDF; what cannot be shown is replaced in the words, and it starts again.

    Raises typst.TypstError for whatever else is wrong.
    """
    for _again in range(TRIES):
        try:
            return _compiled(folder)
        except typst.TypstError as error:
            _mend(folder / "report.json", error)
    return _compiled(folder)


def lacking_letters(diagnostic: str) -> set[str]:
    """Return the letters that the typesetter says it has no picture of."""
    told = "".join(LACKING.findall(diagnostic))
    return set(ESCAPED.sub(lambda found: chr(int(found[1], 16)), told))


def _compiled(folder: Path) -> bytes:
    made = typst.compile(
        folder / "report.typ",
        root=folder,
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    return bytes(made)


def _mend(words: Path, error: typst.TypstError) -> None:
    """Take out of the words what the typesetter stumbled over: letters, or pictures that are none.

    Raises the error where it is about something else.
    """
    text = words.read_text(encoding="utf-8")
    lacking = {letter for letter in lacking_letters(error.diagnostic) if ord(letter) > 127}
    if lacking:
        words.write_text(text.translate({ord(one): INSTEAD for one in lacking}), encoding="utf-8")
    elif UNREADABLE in error.message:
        told = json.loads(text) | {"pictures": {}, "logo": None}
        words.write_text(json.dumps(told), encoding="utf-8")
    else:
        raise error


if __name__ == "__main__":
    main(Path(sys.argv[1]))

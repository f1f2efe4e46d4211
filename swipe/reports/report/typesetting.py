"""A program of its own: a folder with a report's words and pictures to a PDF, on standard output.

It runs as a child, so that the typesetter's memory is never that of a process that serves people.
A letter that no font of ours has would end the work: it is shown as an empty box instead.
"""

import re
import resource
import sys
from pathlib import Path

import typst

LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
INSTEAD = "\u25af"  # an empty box, which the second font has
MEMORY = 1536 * 1024 * 1024
SECONDS = 20
TRIES = 3


def main(folder: Path) -> None:
    """Write the PDF of report.typ in a folder to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(set_in_type(folder))


def set_in_type(folder: Path) -> bytes:
    """Return the PDF; letters that cannot be shown are replaced in the words and it starts again.

    Raises typst.TypstError for whatever else is wrong.
    """
    for _again in range(TRIES):
        try:
            return _compiled(folder)
        except typst.TypstError as error:
            lacking = lacking_letters(error.diagnostic)
            if not lacking:
                raise
            _replace(folder / "report.json", lacking)
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


def _replace(words: Path, lacking: set[str]) -> None:
    text = words.read_text(encoding="utf-8")
    safe = {letter for letter in lacking if ord(letter) > 127}
    words.write_text(text.translate({ord(one): INSTEAD for one in safe}), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

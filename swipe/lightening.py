"""A program of its own: scripts and styles without waste, from standard input to standard output.

Both are one JSON object, a file's name to its text. It runs as a child when files are published,
so that the library's own runtime never lives in a process that serves people.
"""

import json
import sys
from collections.abc import Mapping

import minify  # the package tdewolff-minify

KINDS = {".js": "application/javascript", ".css": "text/css"}


def lightened(texts: Mapping[str, str]) -> dict[str, str]:
    """Return each script or style without comments and white space, local names made short.

    Raises ValueError for a script or style that cannot be read.
    """
    kinds = {name: KINDS[name[name.rindex(".") :]] for name in texts}
    return {name: minify.string(kinds[name], text) for name, text in texts.items()}


if __name__ == "__main__":
    json.dump(lightened(json.load(sys.stdin)), sys.stdout)

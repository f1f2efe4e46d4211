"""Pure: the app's modules, many small files, become the few that a phone asks for.

Each module becomes a function that runs once and hands out what it exports, in the order in which
modules need each other, so that names never meet. Only the plain forms that our own files use are
known; any other is refused here, when the files are published, and never on a phone.
"""

import re
from collections.abc import Mapping, Sequence

# A line that begins a static import, and the whole of one in the forms that are known.
_IMPORT = re.compile(
    r'^import (?:(\{[^}]*\}|\* as \w+) from )?"\./([\w-]+)\.js";[^\n]*\n', re.MULTILINE
)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function|class) (\w+))", re.MULTILINE)
_LATER = re.compile(r'\bimport\("\./([\w-]+)\.js"\)')
_UNKNOWN = re.compile(r"^(?:import|export)\b(?!\()[^\n]*", re.MULTILINE)

Texts = Mapping[str, str]  # a module's name without its ending → its text


def joined(texts: Texts, files: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the text of each file that is published.

    `files` names, in order, each file and the modules it is there for; it holds these and all they
    import, but for what stands in a file before it. Raises ValueError for a circle of imports, a
    module that is not there, or a form of import or export that is not known.
    """
    within = members(texts, files)
    home = {name: file for file, own in within.items() for name in own}
    return {file: _file(file, own, texts, home) for file, own in within.items()}


def members(texts: Texts, files: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return, by file, the modules that stand in it, each after those it needs.

    Raises ValueError as `joined` does.
    """
    taken: set[str] = set()
    found: dict[str, list[str]] = {}
    for file, wanted in files.items():
        found[file] = [name for name in _in_order(texts, wanted) if name not in taken]
        taken.update(found[file])
    return found


def _in_order(texts: Texts, wanted: Sequence[str]) -> list[str]:
    """Return the modules and all they import, each after those it needs."""
    found: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"{name}.js imports itself by way of {', '.join(above)}")
        if name in found:
            return
        if name not in texts:
            raise ValueError(f"there is no {name}.js")
        for needed in _IMPORT.finditer(texts[name]):
            visit(needed[2], (*above, name))
        found.append(name)

    for name in wanted:
        visit(name, ())
    return found


def _file(file: str, own: Sequence[str], texts: Texts, home: Mapping[str, str]) -> str:
    bodies = [_module(name, texts[name], file, home) for name in own]
    elsewhere: dict[str, set[str]] = {}
    for name in own:
        for needed in _IMPORT.finditer(texts[name]):
            if home[needed[2]] != file:
                elsewhere.setdefault(home[needed[2]], set()).add(_held(needed[2]))
    imports = [
        f'import {{ {", ".join(sorted(names))} }} from "./{place}";\n'
        for place, names in sorted(elsewhere.items())
    ]
    exports = f"export {{ {', '.join(_held(name) for name in own)} }};\n"
    return "".join([*imports, *bodies, exports])


def _module(name: str, text: str, file: str, home: Mapping[str, str]) -> str:
    """Return a module as a function that has run, under a name of its own."""
    exported = _EXPORT.findall(text)
    body = _EXPORT.sub("", _IMPORT.sub(_taken, text))
    body = _LATER.sub(lambda found: _brought(found[1], file, home), body)
    unknown = _UNKNOWN.search(body)
    if unknown:
        raise ValueError(f"{name}.js has a line that cannot be joined: {unknown[0]}")
    return f"const {_held(name)} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();\n"


def _held(name: str) -> str:
    return f"${name.replace('-', '_')}"


def _taken(found: re.Match[str]) -> str:
    """Return what stands for an import: a constant, or nothing where only the module has to run."""
    names = found[1]
    if not names:
        return ""
    if names.startswith("* as "):
        return f"const {names.removeprefix('* as ')} = {_held(found[2])};\n"
    return f"const {names.replace(' as ', ': ')} = {_held(found[2])};\n"


def _brought(name: str, file: str, home: Mapping[str, str]) -> str:
    """Return what stands for an import while the app runs: a promise of the module."""
    place = home.get(name)
    if place is None:
        raise ValueError(f"no published file holds {name}.js")
    if place == file:
        return f"Promise.resolve({_held(name)})"
    return f'import("./{place}").then((file) => file.{_held(name)})'

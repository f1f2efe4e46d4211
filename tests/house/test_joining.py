"""Many small modules become few files: each runs once, after those it needs, under its own name."""

import pytest

from swipe.joining import joined

A = 'import { b } from "./b.js";\nexport function a() { return b; }\n'
B = "export const b = 1;\n"


def test_a_module_stands_after_those_it_imports() -> None:
    text = joined({"a": A, "b": B}, {"whole.js": ["a"]})["whole.js"]
    assert text == (
        "const $b = (() => {\nconst b = 1;\nreturn { b };\n})();\n"
        "const $a = (() => {\nconst { b } = $b;\nfunction a() { return b; }\nreturn { a };\n})();\n"
        "export { $b, $a };\n"
    )


def test_what_an_earlier_file_holds_is_taken_from_there() -> None:
    files = joined({"a": A, "b": B}, {"first.js": ["b"], "second.js": ["a"]})
    assert files["second.js"].startswith('import { $b } from "./first.js";\n')
    assert "const b = 1" not in files["second.js"]


@pytest.mark.parametrize(
    ("line", "stands"),
    [
        ('import * as all from "./b.js";', "const all = $b;"),
        ('import { b as other } from "./b.js";', "const { b: other } = $b;"),
        ('import "./b.js"; // it only has to run', "(() => {\nreturn {  };"),
    ],
)
def test_every_form_of_import_that_we_use_is_known(line: str, stands: str) -> None:
    assert stands in joined({"a": f"{line}\n", "b": B}, {"whole.js": ["a"]})["whole.js"]


def test_an_import_while_running_finds_the_module_in_its_file() -> None:
    texts = {"a": 'export const later = () => import("./b.js");\n', "b": B}
    same = joined(texts, {"whole.js": ["a", "b"]})
    assert "Promise.resolve($b)" in same["whole.js"]
    apart = joined(texts, {"first.js": ["a"], "second.js": ["b"]})
    assert 'import("./second.js").then((file) => file.$b)' in apart["first.js"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('import { b } from "./gone.js";\n', "there is no gone.js"),
        ('import { a } from "./a.js";\n', "imports itself"),
        ("export default 1;\n", "cannot be joined"),
        ('export { b } from "./b.js";\n', "cannot be joined"),
        ('import b from "./b.js";\n', "cannot be joined"),
        ('const later = () => import("./b.js");\n', "no published file holds b.js"),
    ],
)
def test_what_it_does_not_know_is_refused_and_never_published(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        joined({"a": text, "b": B}, {"whole.js": ["a"]})

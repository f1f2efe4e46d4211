"""Names to the short words of addresses."""

import pytest

from swipe.areas.naming import is_slug, slug_from


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Bolbro", "bolbro"),
        ("Nørre Åby", "noerre-aaby"),
        ("A\u030aby", "aaby"),
        ("Skt. Klemens, Stenløse & Fangel", "skt-klemens-stenloese-fangel"),
        ("  Café  ", "cafe"),
        ("!!!", ""),
        ("x" * 80, "x" * 64),
    ],
)
def test_a_slug_is_folded_from_a_name(name: str, slug: str) -> None:
    assert slug_from(name) == slug


@pytest.mark.parametrize(
    "text", ["", "Bolbro", "å", "a--b", "-a", "a-", "a b", "a/b", "x" * 65, "a\n"]
)
def test_only_small_letters_digits_and_single_hyphens_are_a_slug(text: str) -> None:
    assert not is_slug(text)
    assert is_slug("a-1")

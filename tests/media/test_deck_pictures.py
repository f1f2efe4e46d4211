"""The demo deck: 24 drawn pictures that please alike, so that no theme wins by its looks."""

import csv
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import fmean

import pytest
from PIL import Image, ImageCms, ImageStat

from swipe.surveys.languages import LANGUAGES

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
IMAGES = SEEDS / "images"
COLUMNS = ["file", "theme"]
COLUMNS += [f"{text}_{language}" for text in ("title", "alt", "why") for language in LANGUAGES]
COLUMNS += ["credit", "facing"]
THEMES = {"foreningsliv", "groenne-omraader", "byliv"}
# Largest theme mean over smallest: beyond this one theme would look sunnier or gaudier.
EVEN = 1.05


@cache
def deck() -> list[dict[str, str]]:
    with (SEEDS / "deck.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lightness(picture: Image.Image) -> float:
    """Mean CIELAB L*, 0 to 100."""
    lab = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
    )
    converted = ImageCms.applyTransform(picture, lab)
    assert converted is not None
    return ImageStat.Stat(converted).mean[0] / 2.55


def saturation(picture: Image.Image) -> float:
    """Mean saturation of the HSV model, 0 to 100."""
    return ImageStat.Stat(picture.convert("HSV")).mean[1] / 2.55


def theme_means(measure: Callable[[Image.Image], float]) -> dict[str, float]:
    values: dict[str, list[float]] = {theme: [] for theme in THEMES}
    for row in deck():
        with Image.open(IMAGES / row["file"]) as master:
            values[row["theme"]].append(measure(master.convert("RGB").reduce(5)))
    return {theme: fmean(found) for theme, found in values.items()}


def lix(text: str) -> float:
    """Words per sentence plus the percentage of words over six letters (Björnsson 1968)."""
    words = re.findall(r"[^\W\d_]+", text)
    sentences = len(re.findall(r"[.!?:]", text))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def test_the_deck_has_eight_pictures_in_each_of_three_themes() -> None:
    assert list(deck()[0]) == COLUMNS
    assert Counter(row["theme"] for row in deck()) == dict.fromkeys(THEMES, 8)


def test_every_picture_is_named_once_and_has_its_drawing() -> None:
    named = [row["file"] for row in deck()]
    masters = {path.name for path in IMAGES.glob("*.png")}
    drawings = {f"{path.stem}.png" for path in (IMAGES / "source").glob("*.svg")} - {"kit.png"}
    assert len(named) == len(set(named))
    assert set(named) == masters == drawings


@pytest.mark.parametrize("file", [row["file"] for row in deck()])
def test_a_master_is_portrait_three_to_four_and_carries_no_metadata(file: str) -> None:
    with Image.open(IMAGES / file) as master:
        master.load()
        assert master.size == (1500, 2000)
        assert master.info == {}
        assert not master.getexif()


@pytest.mark.parametrize("measure", [lightness, saturation])
def test_no_theme_is_lighter_or_more_colourful_than_another(
    measure: Callable[[Image.Image], float],
) -> None:
    means = theme_means(measure)
    assert max(means.values()) / min(means.values()) <= EVEN, means


@pytest.mark.parametrize("row", deck(), ids=lambda row: row["file"])
def test_a_card_reads_at_a_glance(row: dict[str, str]) -> None:
    for title in (row[f"title_{language}"] for language in LANGUAGES):
        assert 0 < len(title.split()) <= 5
        assert len(title) <= 32
    for alt in (row[f"alt_{language}"] for language in LANGUAGES):
        assert re.fullmatch(r"[^.!?]+\.", alt), "one sentence"
        assert len(alt) <= 150


@pytest.mark.parametrize("row", deck(), ids=lambda row: row["file"])
def test_the_back_of_a_card_says_in_plain_words_what_could_be_done(row: dict[str, str]) -> None:
    assert len(re.findall(r"[.!?]", row["why_da"])) in (1, 2)
    assert lix(row["why_da"]) <= 30
    assert row["credit"] == "Tegnet til Swipe"
    assert row["facing"] == "neutral"

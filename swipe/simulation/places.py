"""What the people of a survey in the database are drawn from."""

from collections.abc import Sequence

from swipe.areas.models import newest_residents
from swipe.simulation.scenes import AGE_SHIFT, CHANNELS, SCENES, THEMES, WISHES
from swipe.simulation.surroundings import Place, card_effects
from swipe.surveys.models import Card, Survey, live_cards

CITY_SEED = 120


def place_of(survey: Survey, wishes: Sequence[float] | None = None) -> Place:
    """Read a demo survey's deck and register, and add the wishes its scene gives it.

    `wishes` are those of another scene than its area's own.
    """
    cards = live_cards(survey.id)
    effects = card_effects(sorted({concept(card) for card in cards}), CITY_SEED)
    own = next((scene.wishes for scene in SCENES if scene.area == survey.area), (0.0, 0.0, 0.0))
    away = own if wishes is None else wishes
    return Place(
        survey=str(survey.id),
        cards=[(str(card.id), card.theme) for card in cards],
        card_effect={str(card.id): effects[concept(card)] for card in cards},
        wishes={
            theme: mean + shift for theme, mean, shift in zip(THEMES, WISHES, away, strict=True)
        },
        age_shift=AGE_SHIFT,
        residents={(row.age_band, row.gender): row.count for row in newest_residents(survey.area)},
        channels={slug: share for slug, _label, share in CHANNELS},
    )


def concept(card: Card) -> str:
    """Return the motif of a card, the same in every area."""
    return card.concept or card.titles.get("da", "")


def seed_of(area: str) -> int:
    """Return an area's own seed, the same in every run."""
    scenes = [scene.area for scene in SCENES]
    return CITY_SEED * 1000 + (scenes.index(area) if area in scenes else len(scenes))

"""The deck doctor on light, colours and contrast: who pleases by looks instead of by the motif."""

from flask_babel import gettext as _
from flask_babel import ngettext

from swipe.inspection import deck_looks
from swipe.inspection.deck_looks import Difference, Look, Outlier
from swipe.inspection.deck_sections import DONE, WARNING, Deck, Point, Section


def looks_of(deck: Deck) -> list[Look]:
    """Return how the cards' pictures look, as far as it is measured."""
    found = []
    for card in deck.cards:
        picture = deck.pictures.get(card.picture)
        if picture is not None and picture.looks:
            measures = (float(picture.looks[name]) for name in deck_looks.MEASURES)
            found.append(Look(str(card.id), card.theme, *measures))
    return found


def looks(deck: Deck) -> Section:
    """Return whether a theme or a picture pleases by its light or its colours."""
    title, measured = _("Lys, farver og kontrast"), looks_of(deck)
    themes, single = deck_looks.theme_differences(measured), deck_looks.outliers(measured)
    by_id = {str(card.id): card for card in deck.cards}
    points = [
        Point(f"{outlier_words(one)} {effect_words(one)}", by_id[one.key], "picture")
        for one in single
    ]
    if themes or single:
        found = [difference_words(one, deck) for one in themes]
        if single:
            found.append(
                ngettext(
                    "Ét billede skiller sig ud.",
                    "%(num)s billeder skiller sig ud.",
                    len({one.key for one in single}),
                )
            )
        effect = " ".join(dict.fromkeys(effect_words(one) for one in themes))
        return Section("looks", title, WARNING, " ".join(found), effect, points)
    if len(measured) < len(deck.cards):
        verdict = _("Lyset er ikke målt på alle billeder endnu. Det sker af sig selv.")
        return Section("looks", title, WARNING, verdict)
    return Section("looks", title, DONE, _("Billederne ligner hinanden i lys og farver."))


def difference_words(one: Difference, deck: Deck) -> str:
    """Return in a sentence how a theme differs from the others."""
    name = deck.theme_names[one.theme]
    said = {
        ("brightness", True): _("Temaet %(name)s er lysere end de andre.", name=name),
        ("brightness", False): _("Temaet %(name)s er mørkere end de andre.", name=name),
        ("saturation", True): _("Temaet %(name)s har stærkere farver end de andre.", name=name),
        ("saturation", False): _("Temaet %(name)s har svagere farver end de andre.", name=name),
        ("contrast", True): _("Temaet %(name)s har større kontrast end de andre.", name=name),
        ("contrast", False): _("Temaet %(name)s har mindre kontrast end de andre.", name=name),
    }
    return said[one.measure, one.more]


def outlier_words(one: Outlier) -> str:
    """Return in a sentence how a picture differs from its set."""
    said = {
        ("brightness", True): _("Billedet er meget lysere end de andre."),
        ("brightness", False): _("Billedet er meget mørkere end de andre."),
        ("saturation", True): _("Billedet har meget stærkere farver end de andre."),
        ("saturation", False): _("Billedet har meget svagere farver end de andre."),
        ("contrast", True): _("Billedet har meget større kontrast end de andre."),
        ("contrast", False): _("Billedet har meget mindre kontrast end de andre."),
    }
    return said[one.measure, one.value > one.usual]


def effect_words(one: Difference | Outlier) -> str:
    """Return what such a difference would do to the result, and what to do about it."""
    more = one.more if isinstance(one, Difference) else one.value > one.usual
    theme = isinstance(one, Difference)
    if one.measure == "brightness" and more:
        return (
            _("Et lysere tema får let flere ja’er, også når borgerne ikke ønsker mere af det.")
            if theme
            else _("Et lyst billede får let flere ja’er for lysets skyld.")
        )
    if one.measure == "brightness":
        return (
            _("Et mørkere tema får let færre ja’er, også når borgerne gerne vil have mere af det.")
            if theme
            else _("Et mørkt billede får let færre ja’er for mørkets skyld.")
        )
    if more:
        return _("Stærke farver og skarp kontrast trækker let flere ja’er til sig.")
    return _("Svage farver og lidt kontrast får let færre ja’er.")

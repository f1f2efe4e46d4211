"""The deck doctor on the pictures: readiness, rights, direction, pairs and bytes."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from swipe.inspection import deck_balance
from swipe.inspection.deck_sections import BLOCKED, DONE, WARNING, Deck, Point, Section
from swipe.surveys.lacking import lacking
from swipe.surveys.models import Card

NAMING_LICENCES = ("cc-by", "cc-by-sa")  # free to use for who names the photographer
KILOBYTE = 1024


def readiness(deck: Deck) -> Section:
    """Return whether every picture can be sent to a phone."""
    title = _("Billedfilerne")
    states = {digest: picture.state for digest, picture in deck.pictures.items()}
    failed = [card for card in deck.cards if states.get(card.picture) == "failed"]
    if failed:
        verdict = _("Disse billeder kunne ikke bruges. Fjern kortet, og læg billedet op igen.")
        return Section("ready", title, BLOCKED, verdict, points=_about(failed))
    waiting = [card for card in deck.cards if states.get(card.picture) != "ready"]
    if waiting:
        verdict = _("Disse billeder gøres klar lige nu. Vent lidt, og genindlæs siden.")
        return Section("ready", title, BLOCKED, verdict, points=_about(waiting))
    if not deck.cards:
        return Section("ready", title, BLOCKED, _("Der er ingen billeder endnu."), fix="cards")
    return Section("ready", title, DONE, _("Alle billeder er klar til telefoner."))


def rights(deck: Deck) -> Section:
    """Return whether somebody has said that each picture may be used, and who took it."""
    title = _("Rettigheder til billederne")
    unsaid = [card for card in deck.cards if not card.licence]
    nameless = [card for card in deck.cards if _credit_is_missing(card)]
    points = [Point(_("Har I lov til at bruge billedet?"), card, "licence") for card in unsaid]
    points += [Point(_("Skriv, hvem der har taget billedet."), card, "credit") for card in nameless]
    if unsaid or any(card.licence in NAMING_LICENCES for card in nameless):
        verdict = ngettext(
            "Svar på ét billede: Hvem har taget det, og må I bruge det?",
            "Svar på %(num)s billeder: Hvem har taget dem, og må I bruge dem?",
            len(points),
        )
        effect = _("Uden lov fra fotografen er det ulovligt at vise billedet.")
        return Section("rights", title, BLOCKED, verdict, effect, points)
    if nameless:
        verdict = ngettext(
            "På ét billede mangler fotografens navn.",
            "På %(num)s billeder mangler fotografens navn.",
            len(nameless),
        )
        effect = _("En fotograf har ret til at blive nævnt.")
        return Section("rights", title, WARNING, verdict, effect, points)
    return Section("rights", title, DONE, _("I har lov til at bruge alle billeder."))


def _credit_is_missing(card: Card) -> bool:
    return lacking([{}, {}, {}], [], card.licence, card.credit.strip()).credit


def facing(deck: Deck) -> Section:
    """Return whether as many motifs face left as right in each theme."""
    title = _("Retning i billederne")
    leans = deck_balance.leans((card.theme, card.facing) for card in deck.cards)
    uneven = {lean.theme: lean for lean in leans if lean.uneven}
    if not uneven:
        any_faces = any(lean.left or lean.right for lean in leans)
        calm, even = _("Ingen motiver vender til siden."), _("Motiverne vender lige tit hver vej.")
        return Section("facing", title, DONE, even if any_faces else calm)
    said = [
        _(
            "%(name)s: %(left)s mod venstre, %(right)s mod højre.",
            name=deck.theme_names[theme],
            left=lean.left,
            right=lean.right,
        )
        for theme, lean in uneven.items()
    ]
    points = [
        Point(_leaning(card), card, "facing")
        for card in deck.cards
        if card.theme in uneven and card.facing == _heavy_side(uneven[card.theme])
    ]
    effect = _(
        "Et motiv, der vender mod højre, kan trække et ja med sig, når man swiper. Tag hellere "
        "billeder forfra, eller hav lige mange hver vej."
    )
    return Section("facing", title, WARNING, " ".join(said), effect, points)


def _heavy_side(lean: deck_balance.Lean) -> str:
    return "left" if lean.left > lean.right else "right"


def _leaning(card: Card) -> str:
    return _("Vender mod venstre.") if card.facing == "left" else _("Vender mod højre.")


def pairs(deck: Deck) -> Section | None:
    """Return the motifs with one picture where others have two; None where none has two."""
    concepts = {str(card.id): card.concept for card in deck.cards}
    lonely = deck_balance.without_a_second(concepts)
    if not lonely and not deck_balance.any_pair(concepts):
        return None
    title = _("Billeder af hvert motiv")
    if not lonely:
        return Section("pairs", title, DONE, _("Hvert motiv har mindst to billeder."))
    verdict = ngettext(
        "Ét kort har kun ét billede af sit motiv.",
        "%(num)s kort har kun ét billede af deres motiv.",
        len(lonely),
    )
    effect = _(
        "Med to billeder ser I, om folk svarer på tingen eller på billedet. Med ét ved I det ikke."
    )
    points = _about([card for card in deck.cards if str(card.id) in lonely], "concept")
    return Section("pairs", title, WARNING, verdict, effect, points)


def weight(deck: Deck) -> Section:
    """Return how heavy the pictures are for a phone on a slow connection."""
    title = _("Billedernes størrelse")
    sizes = {
        card.id: deck_balance.shown_bytes(deck.pictures[card.picture].variants) or 0
        for card in deck.cards
        if card.picture in deck.pictures
    }
    total = sum(sizes.values())
    verdict = _(
        "Billederne fylder %(size)s KB. På en langsom forbindelse tager det %(seconds)s sekunder "
        "at hente dem alle. Det sker, mens borgeren svarer.",
        size=round(total / KILOBYTE),
        seconds=deck_balance.slow_seconds(total),
    )
    heavy = [card for card in deck.cards if sizes.get(card.id, 0) > deck_balance.PICTURE_BYTES]
    if not heavy and total <= deck_balance.DECK_BYTES:
        return Section("weight", title, DONE, verdict)
    effect = _("Den, der har en langsom forbindelse, venter på billeder og holder lettere op.")
    points = [
        Point(_("Fylder %(size)s KB.", size=round(sizes[card.id] / KILOBYTE)), card, "picture")
        for card in heavy
    ]
    return Section("weight", title, WARNING, verdict, effect, points, fix="cards")


def _about(cards: Sequence[Card], field: str = "") -> list[Point]:
    return [Point("", card, field) for card in cards]

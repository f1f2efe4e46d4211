"""The deck doctor: looks a card set over and says what would make its result wrong.

Computes from rows it is given; asks no database and no clock.
"""

from collections import Counter
from collections.abc import Sequence

from flask_babel import gettext as _

from swipe.inspection import deck_balance, deck_light, deck_pictures, deck_words
from swipe.inspection.deck_balance import FEWEST_CARDS, FEWEST_IN_THEME, MOST_CARDS, WIDEST_GAP
from swipe.inspection.deck_sections import BLOCKED, DONE, WARNING, Deck, Section, worst


def examine(deck: Deck) -> list[Section]:
    """Return everything the doctor looked at, in the order of the work."""
    if not deck.cards:
        return [amount(deck)]
    found = [
        amount(deck),
        deck_pictures.readiness(deck),
        deck_words.needed(deck),
        deck_pictures.rights(deck),
        balance(deck),
        deck_words.titles(deck),
        deck_words.descriptions(deck),
        deck_words.whys(deck),
        deck_words.languages(deck),
        deck_light.looks(deck),
        deck_pictures.facing(deck),
        deck_pictures.pairs(deck),
        deck_pictures.weight(deck),
    ]
    return [section for section in found if section]


def verdict(sections: Sequence[Section]) -> str:
    """Return the state of the whole set: the gravest that was found."""
    return worst([section.state for section in sections])


def amount(deck: Deck) -> Section:
    """Return whether there are cards enough, and not too many."""
    count, title = len(deck.cards), _("Antal kort")
    if count < FEWEST_CARDS:
        said = _(
            "Der er %(count)s kort. Der skal være mindst 6, og 24 er et godt antal.", count=count
        )
        effect = _("Med få kort vejer hvert billede for meget i svaret.")
        return Section("amount", title, BLOCKED, said, effect, fix="cards")
    if count > MOST_CARDS:
        said = _("Der er %(count)s kort. Over 30 tager mere end to minutter.", count=count)
        effect = _("Når det tager lang tid, holder flere op før slutningen.")
        return Section("amount", title, WARNING, said, effect, fix="cards")
    return Section("amount", title, DONE, _("Der er %(count)s kort.", count=count))


def balance(deck: Deck) -> Section:
    """Return whether the themes have as many cards each."""
    title, counts = _("Kort i hvert tema"), Counter(card.theme for card in deck.cards)
    names = [(deck.theme_names.get(slug, slug), counts[slug]) for slug in _in_order(deck, counts)]
    listed = ", ".join(f"{name} {count}" for name, count in names)
    thin = [name for name, count in names if count < FEWEST_IN_THEME]
    if thin:
        said = _("Kun ét kort i %(names)s. Der skal være mindst to.", names=", ".join(thin))
        effect = _("Med ét kort måler I billedet og ikke temaet.")
        return Section("balance", title, BLOCKED, said, effect, fix="cards")
    if len(counts) < 2:
        said = _("Brug mindst to temaer. Ellers er der intet at vælge imellem.")
        return Section("balance", title, WARNING, said, fix="cards")
    if deck_balance.gap(counts) > WIDEST_GAP:
        said = _("Nogle temaer har flere kort end andre: %(listed)s.", listed=listed)
        effect = _("Et tema med få kort bliver målt mindre sikkert.")
        return Section("balance", title, WARNING, said, effect, fix="cards")
    return Section("balance", title, DONE, _("Kort i hvert tema: %(listed)s.", listed=listed))


def _in_order(deck: Deck, counts: Counter[str]) -> list[str]:
    known = [theme.slug for theme in deck.themes if counts[theme.slug]]
    return known + sorted(set(counts) - set(known))

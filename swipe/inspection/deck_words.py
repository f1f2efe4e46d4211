"""The deck doctor on the words: titles, descriptions, the short why, and every language."""

from collections.abc import Mapping, Sequence

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from swipe.accounts.audit_words import language_name
from swipe.inspection.deck_sections import BLOCKED, DONE, WARNING, Deck, Point, Section
from swipe.inspection.wording import alt_problems, title_problems, why_problems
from swipe.legible import has_words
from swipe.surveys.models import Card, Texts

SURVEY_TEXTS = (
    ("title", "question", "yes_label", "no_label"),
    ("pot", "decided_by", "can_change", "cannot_change"),
)


def needed(deck: Deck) -> Section:
    """Return the cards without a Danish title or description, which the law asks for."""
    title = _("Titel og beskrivelse")
    points = [
        Point(_missing(lacking), card, lacking[0])
        for card in deck.cards
        if (lacking := _lacking(card, "da", ("title", "alt")))
    ]
    if points:
        verdict = _("Disse kort mangler en titel eller en beskrivelse af billedet:")
        effect = _("Uden beskrivelse kan den, der ikke ser billedet, ikke svare.")
        return Section("needed", title, BLOCKED, verdict, effect, points)
    if not deck.cards:
        return Section("needed", title, BLOCKED, _("Der er ingen kort endnu."), fix="cards")
    return Section("needed", title, DONE, _("Også den, der ikke kan se billedet, kan svare."))


def titles(deck: Deck) -> Section:
    """Return the titles that take more than a glance, or that lean."""
    points = [
        Point(sentence, card, "title", language)
        for card in deck.cards
        for language in deck.survey.languages
        for sentence in title_problems(card.titles.get(language, ""), language)
    ]
    title = _("Ordene i titlerne")
    if not points:
        return Section("titles", title, DONE, _("Titlerne kan læses på et øjeblik."))
    count = _cards_in(points)
    verdict = ngettext("Én titel kan blive bedre.", "%(num)s titler kan blive bedre.", count)
    effect = _(
        "En lang titel når folk ikke at læse, og ros eller to ting på én gang giver skæve svar."
    )
    return Section("titles", title, WARNING, verdict, effect, points)


def descriptions(deck: Deck) -> Section:
    """Return the descriptions that help those least who need them."""
    points = [
        Point(sentence, card, "alt", language)
        for card in deck.cards
        for language in deck.survey.languages
        for sentence in alt_problems(card.alts.get(language, ""), card.titles.get(language, ""))
    ]
    title = _("Ordene i beskrivelserne")
    if not points:
        return Section("alts", title, DONE, _("Beskrivelserne er korte og siger, hvad man ser."))
    verdict = ngettext(
        "Én beskrivelse kan blive bedre.",
        "%(num)s beskrivelser kan blive bedre.",
        _cards_in(points),
    )
    effect = _("Den, der ikke ser billedet, svarer ud fra beskrivelsen.")
    return Section("alts", title, WARNING, verdict, effect, points)


def whys(deck: Deck) -> Section:
    """Return the short texts on the back of a card that are hard to read."""
    points = [
        Point(" ".join(problems), card, "why")
        for card in deck.cards
        if (problems := why_problems(card.why.get("da", "")))
    ]
    title = _("Sproget på kortets bagside")
    if not points:
        return Section("whys", title, DONE, _("Teksterne er lette at læse."))
    verdict = ngettext(
        "Én tekst er svær at læse.", "%(num)s tekster er svære at læse.", len(points)
    )
    effect = _("Hver sjette læser dårligt. De svarer så på noget, de ikke har forstået.")
    return Section("whys", title, WARNING, verdict, effect, points)


def languages(deck: Deck) -> Section | None:
    """Return what is not written in each offered language; None for Danish alone."""
    offered = [code for code in deck.survey.languages if code != "da"]
    if not offered:
        return None
    title, points, listed = _("De andre sprog"), [], []
    for code in offered:
        missing = _missing_in(deck, code)
        points += missing
        if missing:
            listed.append(f"{language_name(code)} {len(missing)}")
    if not points:
        names = ", ".join(language_name(code) for code in offered)
        return Section("languages", title, DONE, _("Alt er skrevet på %(names)s.", names=names))
    verdict = _("Her mangler tekster: %(listed)s.", listed=", ".join(listed))
    effect = _(
        "Hvor en tekst mangler, vises den danske. Så svarer nogle på noget, de ikke forstår."
    )
    return Section("languages", title, WARNING, verdict, effect, points)


def _missing_in(deck: Deck, code: str) -> list[Point]:
    found = []
    for card in deck.cards:
        lacking = _lacking(card, code, ("title", "alt", "why"))
        if lacking:
            found.append(Point(_missing(lacking), card, lacking[0], code))
    for name in (name for row in SURVEY_TEXTS for name in row):
        held: Texts = getattr(deck.survey, name) or {}
        if has_words(held.get("da")) and not has_words(held.get(code)):
            found.append(Point(_survey_words()[name], None, name, code))
    used = {card.theme for card in deck.cards}
    for theme in deck.themes:
        if theme.slug in used and not has_words(theme.names.get(code)):
            sentence = _("Navnet på temaet %(name)s", name=deck.theme_names[theme.slug])
            found.append(Point(sentence, None, "theme", code))
    return found


def _lacking(card: Card, code: str, names: Sequence[str]) -> list[str]:
    held: Mapping[str, Texts] = {"title": card.titles, "alt": card.alts, "why": card.why}
    wanted = [name for name in names if code == "da" or has_words((held[name] or {}).get("da"))]
    return [name for name in wanted if not has_words((held[name] or {}).get(code))]


def _missing(names: Sequence[str]) -> str:
    words = {"title": _("titel"), "alt": _("beskrivelse"), "why": _("kort forklaring")}
    listed = format_list([words[name] for name in names], locale=get_locale() or "da")
    return _("Mangler %(what)s.", what=listed)


def _survey_words() -> dict[str, str]:
    return {
        "title": _("Undersøgelsens titel"),
        "question": _("Spørgsmålet"),
        "yes_label": _("Knappen til højre"),
        "no_label": _("Knappen til venstre"),
        "pot": _("Hvilken pulje"),
        "decided_by": _("Hvem beslutter"),
        "can_change": _("Det kan svaret ændre"),
        "cannot_change": _("Det kan svaret ikke ændre"),
    }


def _cards_in(points: Sequence[Point]) -> int:
    return len({point.card.id for point in points if point.card})

"""What may be said of the areas in one theme: who is above whom, and who differs from the city."""

from collections.abc import Sequence

from flask_babel import gettext as _

from swipe.reports.compare.naming import isolated, together
from swipe.reports.compare.pairs import Pair


def between_areas(
    names: Sequence[str], order: Sequence[int], held: Sequence[Pair], asked: int
) -> list[str]:
    """Return the sentences on a theme's areas among themselves; none where there is one alone.

    `order` are the places in `names` of the areas that tell their share, the largest first;
    `held` the pairs of them that differ by more than chance; `asked` is how many areas there are
    to hold against each other, whether they tell it or not.
    """
    if len(order) < 2:
        return [_alone(names, order)] if asked > 1 else []
    found = [_above(names, order, most, held) for most in order]
    told = [sentence for sentence in found if sentence]
    pairs = len(order) * (len(order) - 1) // 2
    if len(held) == pairs:
        return told
    if told:
        return [*told, _rest(names, order, held, pairs)]
    if pairs == 1:
        both = together([names[place] for place in order])
        return [_("Forskellen mellem %(areas)s er for lille til at være sikker på.", areas=both)]
    return [_("Forskellene mellem områderne er for små til at være sikker på.")]


def _alone(names: Sequence[str], order: Sequence[int]) -> str:
    if not order:
        return _("Ingen af områderne har svar nok til at vise temaet.")
    return _("Kun %(area)s har svar nok til at vise temaet.", area=isolated(names[order[0]]))


def _above(
    names: Sequence[str], order: Sequence[int], most: int, held: Sequence[Pair]
) -> str | None:
    """Return whom one area is above; None for nobody."""
    below = {pair.least for pair in held if pair.most == most}
    if not below:
        return None
    return _(
        "Folk siger oftere ja i %(most)s end i %(least)s.",
        most=isolated(names[most]),
        least=together([names[place] for place in order if place in below]),
    )


def _rest(names: Sequence[str], order: Sequence[int], held: Sequence[Pair], pairs: int) -> str:
    """Return that the other differences cannot be told, by name where there is one."""
    if pairs - len(held) > 1:
        return _("De andre forskelle er for små til at være sikker på.")
    sure = {frozenset((pair.most, pair.least)) for pair in held}
    close = next(
        [one, other]
        for at, one in enumerate(order)
        for other in order[at + 1 :]
        if frozenset((one, other)) not in sure
    )
    both = together([names[place] for place in close])
    return _("Forskellen mellem %(areas)s er for lille til at være sikker på.", areas=both)


def beside_city(above: Sequence[str], below: Sequence[str], like: Sequence[str]) -> list[str]:
    """Return the sentences on the areas of these names beside the city."""
    found = []
    if above:
        found.append(_("%(areas)s ligger over byen.", areas=together(above)))
    if below:
        found.append(_("%(areas)s ligger under byen.", areas=together(below)))
    if like:
        found.append(_("%(areas)s ligner byen.", areas=together(like)))
    return found

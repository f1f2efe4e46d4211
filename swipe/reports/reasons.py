"""Why something is not shown, in a plain sentence: every code has one."""

from swipe.reports.tongue import gettext as _

LEAST = {"age_gender": 150}  # people before a table is shown; the others need fifty


def reason(code: str | None) -> str:
    """Return why something is not shown, wherever it stands."""
    return {
        "too-few": _("For få har svaret til at vise det."),
        "complementary": _("Det vises ikke. Med det kunne man regne små grupper ud."),
        "not-enough-change": _("Det venter, til flere har svaret."),
        "no-residents": _("Det kan ikke vises, for indbyggertallet mangler."),
        "no-survey": _("Der er ingen undersøgelse at vise tal fra."),
        "not-yet": _("Det er ikke regnet ud endnu."),
        "policy": _("Kommunen har valgt ikke at vise det."),
        "too-many-cards": _("Temaet har for mange kort til at regne det ud."),
        "too-few-anchors": _("For få kort er ens i de to runder. Der skal mindst fire til."),
    }.get(code or "", _("Det vises ikke."))


def table_reason(code: str, table: str, over: bool = False) -> str:
    """Return the one sentence that stands in the place of a table that is withheld.

    Once the survey is `over` nothing is promised for later.
    """
    if code == "too-few" and over:
        return _(
            "Tabellen vises ikke. Færre end %(least)s svarede, eller grupperne var for små.",
            least=LEAST.get(table, 50),
        )
    if code == "not-enough-change" and over:
        return _("Tabellen vises ikke. Grupperne fik for få nye svar.")
    if code == "too-few":
        return _(
            "Tabellen kommer, når mindst %(least)s har svaret, og grupperne er store nok.",
            least=LEAST.get(table, 50),
        )
    return {
        "complementary": _("Tabellen vises ikke. Med den kunne man regne små grupper ud."),
        "not-enough-change": _("Tabellen venter, til flere i hver gruppe har svaret."),
        "no-residents": _("Tabellen mangler indbyggertal for området."),
        "no-survey": _("Der er ingen undersøgelse at vise tal fra."),
        "not-yet": _("Tabellen er ikke klar endnu."),
        "policy": _("Kommunen har valgt ikke at vise denne tabel."),
    }.get(code, reason(code))


def opinions_reason(code: str | None, over: bool = False) -> str:
    """Return why the wishes of a table's groups are not shown, or never will be once `over`."""
    if code in ("too-few", "not-enough-change") and over:
        return _("Ønskerne vises ikke. For få grupper fik svar nok.")
    return {
        "too-few": _("Ønskerne kommer, når mindst to grupper har svar nok."),
        "complementary": _("Ønskerne vises ikke. Med dem kunne man regne små grupper ud."),
        "not-enough-change": _("Ønskerne venter, til hver gruppe har fået mindst 10 nye svar."),
        "not-yet": _("Ønskerne kommer med en senere opsamling."),
        "policy": _("Grupperne er for små til at vise ønsker."),
    }.get(code or "", reason(code))


def agreement_reason(code: str) -> str:
    """Return why nothing is told of cards that unite or divide."""
    return {
        "too-few": _("Det kan siges, når mindst to grupper har 30 svar eller flere."),
        "not-yet": _("Det kommer, når gruppernes ønsker kan vises."),
    }.get(code, reason(code))


def since_reason(code: str | None) -> str:
    """Return why a theme, or all of them, cannot be compared with the round before."""
    return {
        "too-few": _("For få svar i en af de to runder til at sammenligne."),
        "not-yet": _("Runderne kan ikke sammenlignes endnu."),
    }.get(code or "", reason(code))


def quality_reason(code: str) -> str:
    """Return why nothing is told of how the answers were given."""
    return {
        "too-few": _("Det kan vises, når mindst 30 har svaret."),
        "not-yet": _("Det kommer med en senere opsamling."),
    }.get(code, reason(code))


def reach_reason(code: str | None) -> str:
    """Return why a reach is not shown."""
    if code == "no-residents":
        return _("Dækningen kan ikke vises. Indbyggertallet mangler.")
    return _("Dækningen vises, når 20 har svaret.")


def cell_reason(code: str | None) -> str:
    """Return the few words in a single cell that is withheld."""
    return _("skjult") if code == "complementary" else _("for få")

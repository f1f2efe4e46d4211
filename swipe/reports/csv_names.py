"""What people call the figures that the table for spreadsheets names by a code alone."""

from swipe.reports.tongue import gettext as _


def name_of(part: str, code: str) -> str | None:
    """Return the name of a figure of a part (`del`) by its code (`id`), None where it has none."""
    names = {"vægtning": _weighting, "lighed": _likeness, "kvalitet": _quality}.get(part)
    return names().get(code) if names else None


def _weighting() -> dict[str, str]:
    return {
        "kind": _("Vægtning"),
        "largest_weight": _("Største vægt"),
        "deff": _("Det koster vægtningen (deff)"),
        "n_eff": _("Svar med vægt"),
    }


def _likeness() -> dict[str, str]:
    return {
        "level": _("Ligner deltagerne området"),
        "dissimilarity": _("Forskel fra området"),
        "r_indicator": _("R-indikator"),
        "cv": _("Forskel i deltagelse (cv)"),
        "bias_bound": _("Så skæve kan andelene højst være"),
        "zeal_correlation": _("Ivrige: sammenhæng"),
        "zeal_shift": _("Ivrige: så meget flytter de"),
    }


def _quality() -> dict[str, str]:
    return {
        "flagged": _("Svar, der er talt fra"),
        "swipe": _("Svarede med strøg"),
        "button": _("Svarede med knap"),
        "key": _("Svarede med tast"),
        "rest": _("Svarede på en anden måde"),
        "mode_phone": _("På egen telefon"),
        "mode_shared": _("På en delt telefon"),
        "mode_kiosk": _("På en opstillet tablet"),
        "mode_paper": _("På papir"),
        "mode_rest": _("På en anden måde"),
        "position": _("Forskel fra først til sidst"),
        "previous": _("Forskel efter et ja"),
        "skipped": _("Kort, folk sprang over"),
        "undone": _("Svar, folk fortrød"),
        "left": _("Gik, før de var færdige"),
        "ms_lower": _("Tempo, den hurtige fjerdedel"),
        "ms_median": _("Tempo, midt i feltet"),
        "ms_upper": _("Tempo, den langsomme fjerdedel"),
    }

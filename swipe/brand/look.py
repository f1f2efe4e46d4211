"""What the templates ask for: the style of the municipality's look, and its logo."""

import hashlib
from collections.abc import Callable
from functools import lru_cache

from flask import url_for
from markupsafe import Markup

from swipe.brand import style
from swipe.brand.models import Shown

KEPT = 16  # looks that were worked out lately
DIGITS = 12
_citizen = lru_cache(KEPT)(style.citizen)
_staff = lru_cache(KEPT)(style.staff)
_screen = lru_cache(KEPT)(style.screen)


class Look:
    """The look of one reply; `allow` lets its policy name a style block."""

    def __init__(self, shown: Shown, allow: Callable[[str], None]) -> None:
        self.shown, self.allow = shown, allow

    @property
    def style(self) -> str:
        """The style block of the citizen's pages; empty for the usual look."""
        return _citizen(self.shown.accent, self.shown.logo_plate, self.logo)

    def inline(self) -> Markup:
        """Return the style block, and let this reply's policy name it."""
        self.allow(self.style)
        return Markup(self.style)  # noqa: S704 - digits and words of ours alone

    @property
    def tokens(self) -> str:
        """The style block of the big screen; empty for the usual look."""
        return _screen(self.shown.accent, self.shown.logo_plate)

    def tokens_inline(self) -> Markup:
        """Return the style block of the big screen, and let this reply's policy name it."""
        self.allow(self.tokens)
        return Markup(self.tokens)  # noqa: S704 - digits and words of ours alone

    @property
    def accent(self) -> str | None:
        """The municipality's own colour, None for the usual one."""
        return self.shown.accent

    @property
    def icon(self) -> str | None:
        """The address of the icon in the municipality's colour, None for the usual one."""
        name = (self.accent or "").removeprefix("#")
        return f"{url_for('brand.icon')}?v={name}" if name else None

    @property
    def sheet(self) -> str | None:
        """The address of the staff's style, None for the usual look."""
        text = self.staff_style()
        return f"{url_for('brand.sheet')}?v={version_of(text)}" if text else None

    def staff_style(self) -> str:
        """Return the staff's style; empty for the usual look."""
        return _staff(self.shown.accent, self.shown.logo_plate, self.logo)

    @property
    def logo(self) -> bool:
        """Whether there is a logo."""
        return self.shown.logo_digest is not None

    @property
    def named(self) -> bool:
        """Whether the municipality's name stands in the logo, so that no text need say it."""
        return self.logo and self.shown.logo_named

    def logo_drawn(self, municipality: str) -> Markup:
        """Return the picture of the logo; its text is the name, where no text beside it is."""
        address = url_for("brand.logo_file", name=f"{self.shown.logo_digest}.webp")
        width, height = self.shown.logo_width, self.shown.logo_height
        drawn = Markup('<img src="{}" alt="{}" width="{}" height="{}" fetchpriority="low">')
        return drawn.format(address, municipality if self.named else "", width, height)


def version_of(text: str) -> str:
    """Return what tells one style from another in an address."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]

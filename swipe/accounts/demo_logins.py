"""Pure: the logins of a demo city. They are public, so only a marked database ever has them."""

from typing import NamedTuple


class DemoLogin(NamedTuple):
    """One login that the demo prints and its login page shows."""

    role: str
    name: str
    email: str
    password: str


DEMO_LOGINS = (
    DemoLogin("planner", "Petra Planlægger", "planlaegger@proeveby.example", "plan-proeveby"),
    DemoLogin("editor", "Rikke Redaktør", "redaktoer@proeveby.example", "rediger-proeveby"),
    DemoLogin("admin", "Anders Administrator", "administrator@proeveby.example", "admin-proeveby"),
)

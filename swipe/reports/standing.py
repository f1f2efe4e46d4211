"""Pure: where one survey stands today, as the planner's pages know it."""

from dataclasses import dataclass
from datetime import date

from swipe.surveys.lifecycle import State


@dataclass(frozen=True)
class Standing:
    """A survey's facts on one day; `goal` in percent."""

    id: str
    area: str
    state: State
    opens: date
    closes: date
    today: date
    goal: int
    results: str

    @property
    def days_left(self) -> int | None:
        """Days until it closes, 0 on the last day; None unless it is open."""
        return (self.closes - self.today).days if self.state is State.OPEN else None

    @property
    def over(self) -> bool:
        """Whether nobody can answer any more, so that there is nobody left to invite."""
        return self.state in (State.GRACE, State.FINAL)

    @property
    def public(self) -> bool:
        """Whether citizens may see the same figures now."""
        return self.results == "live" or (
            self.results == "after_close" and self.state is State.FINAL
        )

"""What happens in a run: acts by chance from a seed, and among them what must happen."""

import random
from collections.abc import Callable
from typing import Any

from tests.journeys.chaos_person import Person

ACTS: dict[str, Callable[[Person], bool]] = {
    "answer": Person.answer,
    "undo": Person.undo,
    "reload": Person.reload,
    "close and open": Person.close_and_open,
    "second tab": Person.second_tab,
    "other tab": Person.other_tab,
    "kill": Person.kill,
    "fill": Person.fill,
    "go offline": Person.go_offline,
    "go online": Person.go_online,
    "look away": Person.look_away,
    "wait": Person.wait,
    "finish": Person.finish,
    "edit": Person.edit,
    "change background": Person.change_background,
    "delete": Person.delete,
}
OFTEN: dict[str, int] = {
    "answer": 9,
    "undo": 2,
    "reload": 2,
    "close and open": 1,
    "second tab": 1,
    "other tab": 2,
    "go offline": 1,
    "go online": 2,
    "look away": 1,
    "wait": 2,
    "edit": 1,
    "change background": 1,
}
# What sets a run apart from others: the kind of phone, and what must happen in it.
KINDS: list[dict[str, Any]] = [
    {"must": ["second tab", "other tab", "answer"]},
    {"mortal": True, "must": ["kill", "kill"]},
    {"denied": True, "must": ["reload", "change background"]},
    {"must": ["fill", "reload", "second tab"]},
    {"must": ["go offline", "answer", "go online", "delete"]},
    {"mortal": True, "must": ["fill", "kill", "edit", "close and open"]},
]


def script(dice: random.Random, kind: dict[str, Any]) -> list[str]:
    """Write what will happen: acts by chance, and among them, in order, what must happen."""
    acts = dice.choices(list(OFTEN), list(OFTEN.values()), k=10)
    places = sorted(dice.sample(range(2, 10), len(kind["must"])))
    for place, act in zip(reversed(places), reversed(kind["must"]), strict=True):
        acts.insert(place, act)
    return ["answer", "answer", *acts]


def play(person: Person, act: str) -> None:
    """Let her do an act by its name, and write it down; in brackets where it could not be done."""
    happened = ACTS[act](person)
    person.log.append(act if happened else f"({act})")
    person.done[act] += happened

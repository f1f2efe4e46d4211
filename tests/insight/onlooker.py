"""Somebody who reads everything that is shown, and works out what she can about small groups.

She shares no code with the program: who stands in which row is told from the raw
backgrounds, and what the shown counts leave open is found with a linear program.
She is taken to know each shown count to the person, though it is rounded to five.
"""

from functools import cache
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag, csr_array

BANDS = ("15-24", "25-39", "40-54", "55-66", "67-79", "80+")
WHO = ("female", "male", "other")
HOMES = ("alone", "couple", "children", "shared", "other")
LEAST = 10

# What a person may have told: (age, gender, home), None for nothing. Home is looked at apart.
BY_AGE_AND_GENDER = list(product((*BANDS, None), (*WHO, None), (None,)))
BY_AGE_AND_HOME = list(product((*BANDS, None), ("female", None), (*HOMES, None)))


def kinds_of(counts):
    """Return what each person told, (age, gender, home)."""
    rows = zip(counts.age_band, counts.gender, counts.household, strict=True)
    return [
        (
            BANDS[age] if age >= 0 else None,
            WHO[gender] if gender >= 0 else None,
            HOMES[home] if home >= 0 else None,
        )
        for age, gender, home in rows
    ]


def placed(table, kinds, base):
    """Return (row, which of `kinds` it counts) for each row; the rest counts whoever is left.

    Where the tables are made over those who told both age and gender, the others are left.
    A table without a rest says that nobody is left: its row is None.
    """
    rows, left = [], np.ones(len(kinds), dtype=bool)
    for row in (row for row in table["rows"] if not row["rest"]):
        mask = np.array([_stands_in(row, kind, base) for kind in kinds], dtype=bool)
        rows.append((row, mask))
        left = left & ~mask
    rest = [row for row in table["rows"] if row["rest"]]
    return [*rows, (rest[0] if rest else None, left)]


def _stands_in(row, kind, base):
    age, gender, home = kind
    if row["household"]:
        return home == row["household"]
    if base == "both" and (age is None or gender not in ("female", "male")):
        return False
    return (row["age_band"] is None or age in row["age_band"]) and (
        row["gender"] is None or gender == row["gender"]
    )


def shown_tables(document):
    return {name: table for name, table in document["groups"].items() if not table["reason"]}


def facts(document, kinds, base, names, sizes):
    """Return (people, kinds they are of) of every row of these tables, and of everybody."""
    masks = [np.ones(len(kinds), dtype=bool)]
    for name, table in shown_tables(document).items():
        if name in names:
            masks += [mask for _row, mask in placed(table, kinds, base)]
    return [(int(sizes[mask].sum()), mask) for mask in masks]


def small_groups(known, kinds, sizes, more=()):
    """Return the groups of one to nine people that nobody may find, as masks over `kinds`.

    Looked at are all groups that are told of in words (an age, a gender, a home, untold or
    not, and two of these), everything that two shown rows have in common or apart, and `more`.
    """
    groups = [*more, *_told_of(tuple(kinds))]
    masks = [mask for _number, mask in known]
    groups += [a & b for a in masks for b in masks] + [a & ~b for a in masks for b in masks]
    unique = {np.asarray(group, dtype=bool).tobytes(): np.asarray(group, bool) for group in groups}
    return [group for group in unique.values() if 0 < sizes[group].sum() < LEAST]


@cache
def _told_of(kinds):
    """Return the groups that words can name: any age, gender and home, or all of one."""
    parts = [sorted({kind[at] for kind in kinds}, key=str) for at in range(3)]
    return [
        [all(w in ("*", k) for w, k in zip(wanted, kind, strict=True)) for kind in kinds]
        for wanted in product(*((*part, "*") for part in parts))
    ]


def exposed(known, groups, sizes):
    """Return the groups that cannot be ten people more in one town than in another.

    Both towns must have all the known numbers. The true town has, so first it is asked whether
    another has ten more than it in each group, then for any two towns, and only where that
    fails for each group alone.
    """
    masks = [group.astype(float)[None] for group in groups]
    pairs = [np.hstack([mask, -mask]) for mask in masks]
    enough = [LEAST + sizes[group].sum() for group in groups]
    if not groups or _fits(known, masks, enough) or _fits(known, pairs, LEAST):
        return []
    return [
        group for group, pair in zip(groups, pairs, strict=True) if not _fits(known, [pair], LEAST)
    ]


def _fits(known, aims, wanted):
    """Say whether for each aim there are towns that fit, where the aim comes to `wanted`.

    An aim counts the people of one town, or of one and less those of another. People may be parts
    here: the rows of the tables are two families of nested sets (by age; by gender or home, with
    the cells of both inside), so what parts can reach at most whole people reach too (the matrix
    is totally unimodular). Asking for whole ones takes minutes on some towns and finds no more.
    """
    numbers = np.array([number for number, _mask in known])
    masks = np.array([mask for _number, mask in known], dtype=float)
    towns = sum(aim.shape[1] for aim in aims) // masks.shape[1]
    rules = [
        LinearConstraint(csr_array(block_diag([masks] * towns)), *[np.tile(numbers, towns)] * 2),
        LinearConstraint(csr_array(block_diag(aims)), wanted, np.inf),
    ]
    people = np.zeros(towns * masks.shape[1])
    options = {"presolve": len(aims) == 1}  # which takes longer than it spares where aims are many
    found = milp(people, constraints=rules, bounds=Bounds(0), options=options)
    return found.success


def found_out(document, basis, headline, more=()):
    """Return the small groups that the document's counts give away, as lists of kinds."""
    people, base = kinds_of(headline), basis["opinions"]["base"]
    caught: list = []
    if document["participants"] is None:
        return caught
    looks = (
        (BY_AGE_AND_GENDER, ("age_band", "gender", "age_gender"), lambda a, g, h: (a, g, None)),
        (BY_AGE_AND_HOME, ("age_band", "household"), _by_home(base)),
    )
    for kinds, names, seen in looks:
        own = [seen(*person) for person in people]
        sizes = np.array([own.count(kind) for kind in kinds])
        known = facts(document, kinds, base, names, sizes)
        groups = small_groups(known, kinds, sizes, more if names[-1] == "age_gender" else ())
        caught += [_named(group, kinds) for group in exposed(known, groups, sizes)]
    return caught


def _by_home(base):
    """Return how people look by age and home: of the gender only whether age counts with it."""

    def seen(age, gender, home):
        told = base != "both" or (age is not None and gender in ("female", "male"))
        return (age, "female" if told else None, home)

    return seen


def _named(group, kinds):
    return [kind for kind, is_in in zip(kinds, group, strict=True) if is_in]


INPUTS = ("swipe", "button", "key")
DEVICES = ("phone", "shared", "kiosk", "paper")


def found_out_by_ways(document, basis, headline):
    """Return the small groups by input, device and channel that the counts give away.

    She knows which inputs, devices and channels nobody had together, and which channels people
    of each age came by.
    """
    if document["participants"] is None:
        return []
    caught, base, told = [], basis["opinions"]["base"], document["quality"]
    people = list(zip(*ways_of(headline), strict=True))
    kinds, sizes = _occurring(people)
    known = [(len(people), np.ones(len(kinds), dtype=bool))]
    for at, key in enumerate(("input", "mode", "channel")):
        known += _of_rows(told[f"{key}s"], key, at, kinds, sizes)
    small = small_groups(known, kinds, sizes)
    caught += [_named(group, kinds) for group in exposed(known, small, sizes)]
    seen = _by_home(base)
    aged = [seen(*who) for who in kinds_of(headline)]
    own = [(age, sex, channel) for (age, sex, _h), (*_w, channel) in zip(aged, people, strict=True)]
    kinds = list(product((*BANDS, None), ("female", None), (*headline.channels, None)))
    sizes = np.array([own.count(kind) for kind in kinds])
    bare = [(age, sex, None) for age, sex, _channel in kinds]
    known = facts(document, bare, base, ("age_band",), sizes)
    known += _of_rows(told["channels"], "channel", 2, kinds, sizes)
    small = small_groups(known, kinds, sizes)
    caught += [_named(group, kinds) for group in exposed(known, small, sizes)]
    return caught


def ways_of(counts):
    """Return the main input, the device and the channel of each person, None where unknown."""
    answered = counts.answers >= 0
    inputs = []
    for given in np.where(answered, counts.gestures.input, -1).tolist():
        used = [given.count(one) for one in range(len(INPUTS))]
        inputs.append(INPUTS[used.index(max(used))] if max(used) else None)
    channels = [counts.channels[one] if one >= 0 else None for one in counts.channel.tolist()]
    return inputs, [DEVICES[one] for one in counts.mode.tolist()], channels


def _occurring(people):
    kinds = sorted(set(people), key=str)
    return kinds, np.array([people.count(kind) for kind in kinds])


def _of_rows(rows, key, at, kinds, sizes):
    """Return (people, kinds they are of) of every row; the rest is whoever is in no other."""
    named = [row[key] for row in rows if row[key]]
    masks = [np.array([kind[at] == name for kind in kinds], dtype=bool) for name in named]
    if any(row[key] is None for row in rows):
        masks.append(np.array([kind[at] not in named for kind in kinds], dtype=bool))
    return [(int(sizes[mask].sum()), mask) for mask in masks]

"""D1 to D8: whatever people answer, whenever they come and go, nobody can be singled out.

Each is tried on 200 towns, with SWIPE_EXAMPLES=1000 in the environment on a thousand. D4, that
pages and files carry nothing else, is in test_all_ways_out.py.
"""

import json
import os
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from insight_people import CHANNELS, FRAME, residents_of, residents_or_none, surveys
from insight_tables import after, gate, joined, town
from onlooker import BY_AGE_AND_GENDER, found_out, found_out_by_ways, kinds_of, placed, shown_tables

from swipe.insight.canonical import canonical
from swipe.insight.comparing import city
from swipe.insight.counting.counts import INPUTS, MODES
from swipe.insight.documents.document import build
from swipe.insight.snapshots import Standing, due
from swipe.surveys.models import Survey

thoroughly = settings(
    max_examples=int(os.environ.get("SWIPE_EXAMPLES", "200")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
ONE_WAY = ("age_band", "gender", "household")


def headline(counts):
    return counts.of(~counts.flagged)


def stored(basis):
    """Return a basis as it comes back from the database."""
    return json.loads(json.dumps(basis))


@st.composite
def towns(draw):
    """Draw a town large enough for tables, where few or many do not tell who they are."""
    n = draw(st.sampled_from([52, 75, 120, 155, 200]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    facts = {}
    for name, many in (("ages", 6), ("genders", draw(st.sampled_from([2, 2, 3]))), ("homes", 5)):
        weights = rng.dirichlet(np.full(many, draw(st.sampled_from([1.5, 20.0]))))
        silent = rng.random(n) < draw(st.sampled_from([0, 0.01, 0.03, 0.1, 0.3]))
        facts[name] = np.where(silent, -1, rng.choice(many, size=n, p=weights))
    flagged = draw(st.sampled_from([0, 0, 9, 12]))
    counts = town(**facts, flagged=flagged, seed=draw(st.integers(0, 99)), cards=4)
    modes = draw(st.sampled_from([(1, 0, 0, 0), (0.8, 0, 0.2, 0), (0.6, 0.1, 0.2, 0.1)]))
    counts.mode[:] = rng.choice(4, size=counts.valid_all, p=modes)
    weights = rng.dirichlet(np.full(3, 1.5))
    counts.gestures.input[:] = rng.choice(3, size=(n, 1), p=weights)
    return replace(counts, channels=CHANNELS, channel=came(draw, rng, counts))


def came(draw, rng, counts):
    """Draw by which channel each came: as it falls, or nearly as their devices or inputs were."""
    n = counts.valid_all
    beside = (np.full(n, -1), np.where(counts.mode == 2, 2, 1), counts.gestures.input[:, 0])
    nearly = beside[draw(st.sampled_from([0, 1, 2]))]
    as_it_falls = rng.choice(4, size=n, p=rng.dirichlet(np.full(4, 1.5))) - 1
    odd = rng.random(n) < draw(st.sampled_from([0, 0.03, 1]))
    return np.where(odd, as_it_falls, nearly).astype(np.int16)


def populations():
    """Draw a survey of any kind, the odd ones too, or a town with many tables."""
    return st.one_of(surveys(), towns())


@thoroughly
@given(populations(), residents_or_none())
def test_d1_no_shown_figure_stands_on_fewer_people_than_promised(counts, residents):
    document, basis = gate(counts, residents)
    told = kinds_of(headline(counts))
    for name, table in shown_tables(document).items():
        assert len(told) >= (150 if name == "age_gender" else 50)
        for row, mask in placed(table, told, basis["opinions"]["base"]):
            assert not mask.any() if row is None else mask.sum() >= 10
            for theme in (row or {}).get("themes") or []:
                if theme["reason"] is None:
                    assert mask.sum() >= 30
                    assert theme["n"] <= 5 * round(mask.sum() / 5 + 0.5)
    if any(document["all"].values()):
        assert counts.flagged.sum() >= 10
    for group in groups_named(document["agreement"]):
        rows = {name: document["groups"][name]["rows"] for name in ONE_WAY}
        own = [row for name in ONE_WAY for row in rows[name] if group.items() <= row.items()]
        assert len(own) == 1
        assert own[0]["themes"]
    inputs = Counter(headline(counts).gestures.input[:, 0].tolist())
    if document["quality"]["inputs"] and counts.answers.min() >= 0:
        for row in document["quality"]["inputs"]:
            names = [row["input"]] if row["input"] else row["includes"]
            assert sum(inputs[INPUTS.index(name)] for name in names) >= 10
    modes = Counter(headline(counts).mode.tolist())
    for row in document["quality"]["modes"]:
        names = [row["mode"]] if row["mode"] else row["includes"]
        assert sum(modes[MODES.index(name)] for name in names) >= 10
    channels = Counter(headline(counts).channel.tolist())
    for row in document["quality"]["channels"]:
        names = [row["channel"]] if row["channel"] else [*row["includes"], None]
        own = [-1 if name is None else CHANNELS.index(name) for name in names]
        assert sum(channels[one] for one in own) >= 10
    by = document["representativeness"]["by"]
    assert by is None or by in shown_tables(document)


def groups_named(agreement):
    """Return every group that is named with a share."""
    found = [one for card in agreement["divides"] for one in (card["most"], card["least"])]
    for one in [*found, *agreement["unites"]]:
        assert one["share"] is not None or one["bound"]
    return [one["group"] for one in [*found, *agreement["unites"]]]


def arrangements():
    """Draw groups of people nobody thought of: any kinds of age and gender together."""
    return st.lists(st.lists(st.booleans(), min_size=28, max_size=28).map(np.array), max_size=4)


@thoroughly
@given(populations(), residents_or_none(), arrangements())
def test_d3_every_hidden_group_could_be_ten_people_larger_or_smaller(counts, residents, more):
    assert len(BY_AGE_AND_GENDER) == 28
    document, basis = gate(counts, residents)
    assert found_out(document, basis, headline(counts), more) == []
    assert found_out_by_ways(document, basis, headline(counts)) == []


@st.composite
def one_change(draw, counts):
    """Change one person of a survey: she leaves, comes, is flagged or answers anew."""
    n = counts.valid_all
    who = draw(st.integers(0, max(n - 1, 0)))
    kind = draw(st.sampled_from(["leave", "come", "flag", "answer", "tell"]))
    if kind == "leave" or not n:
        return counts.of(np.arange(n) != who)
    if kind == "come":
        return joined(counts, counts.of(np.array([who])))
    changes = {"answers": draw(st.sampled_from([0, 1, 2])), "flagged": not counts.flagged[who]}
    changes |= {"age_band": draw(st.integers(-1, 5)), "gender": draw(st.integers(-1, 2))}
    wanted = {"flag": ("flagged",), "answer": ("answers",), "tell": ("age_band", "gender")}[kind]
    copy = counts.of(np.arange(n))
    for name in wanted:
        getattr(copy, name)[who] = changes[name]
    return copy


@thoroughly
@given(st.data(), populations())
def test_d2_one_person_more_or_less_shows_no_new_opinion(data, counts):
    """Even where something else opened the gate: tables stand, or say less, or are the same."""
    first, basis = gate(counts)
    other = data.draw(one_change(counts))
    later, _basis = gate(other, frame=after(stored(basis)))
    base = basis["opinions"]["base"]
    for name in ONE_WAY:
        before, now = (dict(opinions_by_row(one["groups"][name])) for one in (first, later))
        if before and now:
            assert all(before.get(key) == themes for key, themes in now.items())
            told = first["groups"][name]
            if who_said_what(told, counts, base) != who_said_what(told, other, base):
                assert later["groups"][name]["opinions"] == told["opinions"]
    for theme, shown in later["all"].items():
        held = first["all"][theme]
        if held and shown and answers_of_flagged(counts) != answers_of_flagged(other):
            assert held == shown
    if told_of_groups(first) == told_of_groups(later):
        assert first["agreement"] == later["agreement"]
    if first["groups"] == later["groups"]:
        assert made_of_tables(first) == made_of_tables(later)
    inputs = [one["quality"]["inputs"] for one in (first, later)]
    if all(inputs) and by_input(counts) != by_input(other):
        assert inputs[0] == inputs[1]
    modes = [one["quality"]["modes"] for one in (first, later)]
    if all(modes) and by_mode(counts) != by_mode(other):
        assert modes[0] == modes[1]
    channels = [one["quality"]["channels"] for one in (first, later)]
    if all(channels) and by_channel(counts) != by_channel(other):
        assert channels[0] == channels[1]


def told_of_groups(document):
    """Return what each row of every table wants, and when that was made."""
    tables = [document["groups"][name] for name in ONE_WAY]
    return [(table["opinions"], dict(opinions_by_row(table))) for table in tables]


def made_of_tables(document):
    """Return what is said of likeness, but for the bound, which is made of answers too."""
    return {**document["representativeness"], "bias_bound": None}


def by_input(counts):
    """Return what those said who used each input."""
    people = headline(counts)
    return Counter(zip(people.gestures.input[:, 0], map(bytes, people.answers), strict=True))


def by_mode(counts):
    """Return what those said who answered on each kind of device."""
    people = headline(counts)
    return Counter(zip(people.mode.tolist(), map(bytes, people.answers), strict=True))


def by_channel(counts):
    """Return what those said who came by each channel."""
    people = headline(counts)
    return Counter(zip(people.channel.tolist(), map(bytes, people.answers), strict=True))


def opinions_by_row(table):
    for row in table["rows"]:
        if row["themes"]:
            yield row_key(row), row["themes"]


def row_key(row):
    words = [*(row["age_band"] or []), row["gender"], row["household"], *row["includes"]]
    return (row["rest"], *(word for word in words if word))


def who_said_what(table, counts, base):
    """Return the answers of each row's people, if these were the people of the table."""
    people = headline(counts)
    rows = placed(table, kinds_of(people), base)
    return [Counter(answers.tobytes() for answers in people.answers[mask]) for _row, mask in rows]


def answers_of_flagged(counts):
    return sorted(counts.answers[counts.flagged].tolist())


@thoroughly
@given(surveys(largest=120), residents_or_none(), st.randoms(use_true_random=False))
def test_d7_the_order_of_people_changes_nothing(counts, residents, random):
    order = list(range(counts.valid_all))
    random.shuffle(order)
    rows = np.array(order, dtype=np.intp)
    first, basis = build(counts, residents, FRAME)
    other, kept = build(counts.of(rows), residents, FRAME)
    assert canonical(first) == canonical(other)
    assert stored(basis) == stored(kept)
    again = [build(one, residents, after(stored(basis)))[0] for one in (counts, counts.of(rows))]
    assert canonical(again[0]) == canonical(again[1])


def shares(value):
    """Return every share anywhere in a document, and everything that stands for one."""
    if isinstance(value, list):
        return [share for one in value for share in shares(one)]
    if not isinstance(value, dict):
        return []
    names = ("share", "skipped", "undone", "left", "first_choice", "part", "flagged_share")
    own = [value[name] for name in names if isinstance(value.get(name), int | float)]
    return own + [share for one in value.values() for share in shares(one)]


@thoroughly
@given(surveys(largest=120), residents_or_none(), st.sampled_from([0, 1, 2]), st.integers(0, 5))
def test_d8_a_group_that_is_all_alike_is_never_shown_as_none_or_all(
    counts, residents, answer, band
):
    alike = counts.of(np.arange(counts.valid_all))
    alike.answers[alike.age_band == band] = answer
    document, _basis = build(alike, residents, FRAME)
    assert not {0, 1} & set(shares(document))


@st.composite
def replays(draw):
    """Draw a town and what happens in it: who comes, goes, is flagged or answers anew, when.

    That many people tell another age of themselves between two days is not among it: pages of
    three such days together can differ by fewer than ten (docs/decisions/0008-honest-numbers.md).
    """
    counts = draw(towns())
    kinds = st.sampled_from(["come", "come", "leave", "swap", "flag", "answer"])
    size = st.sampled_from([1, 9, 10, 11, 25, 60])
    steps = st.tuples(kinds, size, st.integers(0, 2**32 - 1))
    return counts, draw(st.lists(steps, min_size=2, max_size=4))


@thoroughly
@given(replays())
def test_d5_two_pages_in_a_row_differ_by_ten_people_in_all_they_tell(replay):
    counts, steps = replay
    place = Place(counts)
    place.pending = place.facts().keys()
    place.look()
    for step in steps:
        place.happens(*step)
        if due(SURVEY, Standing(pending=len(place.pending)), NOW, 7, patient=False) == "gate":
            place.look()
    if place.last:
        assert found_out(*place.last) == []


OPENED = datetime(2026, 11, 1, tzinfo=UTC)
NOW = OPENED + timedelta(days=5)
SURVEY = Survey(published_at=OPENED, opens_at=OPENED, closes_at=OPENED + timedelta(days=30))


class Place:
    """A town as the days pass, and a reader who keeps every page and compares."""

    def __init__(self, counts):
        self.counts = counts.of(np.arange(counts.valid_all))
        n = counts.valid_all
        self.here = np.arange(n) % 3 > 0
        self.pending, self.basis, self.number, self.told = set(), None, 0, defaultdict(list)
        self.last, self.came = None, np.array([], dtype=int)

    def happens(self, kind, size, seed):
        """Let something happen to so many people; the later half of them comes by and by."""
        rng, before = np.random.default_rng(seed), self.facts()
        pool = np.flatnonzero(~self.here if kind == "come" else self.here)
        if seed % 3 < 2:  # only women, or only men
            pool = pool[self.counts.gender[pool] == seed % 3]
        who = rng.permutation(pool)[:size]
        if kind in ("come", "leave"):
            self.here[who] = kind == "come"
            self.came = who if kind == "come" else self.came
        elif kind == "swap":  # who came last go again, but for one, and another goes instead
            self.here[self.came[1:]] = self.here[who[:1]] = False
        elif kind == "flag":
            self.counts.flagged[who] ^= True
        else:
            self.counts.answers[who] = rng.integers(0, 2, (len(who), self.counts.answers.shape[1]))
        now = self.facts()
        self.pending |= {one for one in now.keys() | before if now.get(one) != before.get(one)}

    def facts(self):
        """Return what is known of everybody who stands in the figures."""
        c = self.counts
        return {
            int(who): (c.answers[who].tobytes(), int(c.age_band[who]))
            for who in np.flatnonzero(self.here & ~c.flagged)
        }

    def look(self):
        """Take a page, and compare what it tells anew with every time it told of the same."""
        self.number += 1
        frame = after(self.basis and stored(self.basis), number=self.number)
        document, self.basis = gate(self.counts.of(self.here), frame=frame)
        people = headline(self.counts.of(self.here))
        self.last = (document, self.basis, people)
        for name in ONE_WAY:
            made = document["groups"][name]["opinions"]
            if made and made["number"] == self.number:
                self.tell(name, rows_told(document, name, people, self.basis["opinions"]["base"]))
        beside = [shown for shown in document["all"].values() if shown]
        if any(shown["made"]["number"] == self.number for shown in beside):
            flagged = self.counts.of(self.here & self.counts.flagged)
            self.tell("all", [facts_of(flagged.answers, [0] * flagged.valid_all)])
        assert len(self.pending) >= 10 or self.number == 1
        self.pending = set()

    def tell(self, name, rows):
        """Compare rows of facts with each time such rows were told, and remember them."""
        for then in self.told[name]:
            compare(then, rows)
        self.told[name].append(rows)


def rows_told(document, name, people, base):
    """Return the people of every row of a table as facts; one is the area less the others."""
    kinds = kinds_of(people)
    facts = np.array(list(enumerated(people.answers, [own(name, kind, base) for kind in kinds])))
    rows = placed(document["groups"][name], kinds, base)
    return [set(facts[mask].tolist()) for row, mask in rows if row]


def own(name, kind, base):
    """Return a person's own category in a table; None where she counts as untold."""
    age, gender, home = kind
    if name == "household":
        return home
    if gender == "other":
        gender = None
    if base == "both" and (age is None or gender is None):
        return None
    return age if name == "age_band" else gender


def facts_of(answers, categories):
    return set(enumerated(answers, categories))


def enumerated(answers, categories):
    """Yield each person's answers and category, the second of two alike with a number of hers."""
    seen = Counter()
    for said, category in zip(answers, categories, strict=True):
        fact = (said.tobytes().hex(), category)
        seen[fact] += 1
        yield f"{fact} {seen[fact]}"


def compare(then, now):
    """Check that whatever rows are added, less whatever rows of then, tell of nobody or of ten.

    Who tells another age, or answers anew, is as somebody who went and somebody who came.
    """
    common = np.array([[len(one & other) for other in then] for one in now])
    some, others = (np.array(list(product([0, 1], repeat=len(rows)))[1:]) for rows in (now, then))
    sizes, before = np.array([len(row) for row in now]), np.array([len(row) for row in then])
    left = (some @ sizes)[:, None] + (others @ before)[None] - 2 * some @ common @ others.T
    assert not ((left > 0) & (left < 10)).any()


def area(slug, counts, number=1):
    """Return an area's document as text and its basis, as the city is made of them."""
    frame = replace(FRAME, area=slug, survey=slug, number=number)
    document, basis = build(counts, residents_of(30), frame)
    return canonical(document).decode(), stored(basis)


@thoroughly
@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=4),
    st.integers(0, 19),
    st.integers(0, 19),
    st.integers(0, 99),
)
def test_d6_the_city_and_its_areas_tell_nothing_of_an_area_that_is_hidden(shown, few, other, seed):
    rng = np.random.default_rng(seed)
    areas = [area(f"area-{at}", town(rng.integers(0, 6, n), seed=at)) for at, n in enumerate(shown)]
    hidden = [area("hidden", town(np.zeros(n, int), seed=seed + n)) for n in (few, other)]
    cities = [city.build([*areas, one], 1, "2026-11-20")[0] for one in hidden]
    assert without_digest(cities[0]) == without_digest(cities[1])
    alone = city.build(areas, 1, "2026-11-20")[0]
    assert alone["city"] == cities[0]["city"]


def without_digest(document):
    """Return a city without the digests, which differ where anything below does."""
    bare = {**document, "snapshot": {**document["snapshot"], "digest": None}}
    bare["areas"] = [
        {**row, "snapshot": {**row["snapshot"], "digest": None}} for row in document["areas"]
    ]
    return bare

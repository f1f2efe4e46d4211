"""Pure: the long table on groups: who took part, what they want, what changed, and the city."""

from collections.abc import Iterator

from swipe.reports.tidy_values import Row, Shown, group_of, plain, share


def table_rows(name: str, table: Shown, names: Shown) -> Iterator[Row]:
    """Yield who of each group took part and what they want, or why it is not told."""
    here = {"level": name}
    if table["reason"]:
        yield {**here, **plain("participants", None, reason=table["reason"])}
    for row in table["rows"]:
        group = {**here, **group_of(row), "id": "rest" if row["rest"] else None}
        yield {**group, **plain("participants", row["participants"], reason=row["reason"])}
        for count in ("residents", "missing"):
            if row[count] is not None:
                yield {**group, **plain(count, row[count])}
        yield {**group, **share(row["reach"], "reach")}
        yield from _wishes(group, row, table, names)
    if not table["opinions"]:
        why = table["reason"] or table["opinions_reason"]
        yield {**here, **plain("share", None, reason=why)}


def _wishes(group: Row, row: Shown, table: Shown, names: Shown) -> Iterator[Row]:
    if not table["opinions"]:
        return
    made = {**group, "since_day": table["opinions"]["day"]}
    if row["themes"] is None:
        yield {**made, **plain("share", None, reason=row["themes_reason"])}
    for theme in row["themes"] or ():
        slug = theme["theme"]
        yield {**made, "theme": slug, "name": names.get(slug, slug), **share(theme)}


def agreement_rows(found: Shown, titles: Shown) -> Iterator[Row]:
    """Yield the cards that unite the groups and those that divide them."""
    for level in ("unites", "divides"):
        if found["reason"]:
            yield {"level": level, **plain("share", None, reason=found["reason"])}
        for one in found[level]:
            here = {"level": level, "id": one["card"], "name": titles.get(one["card"])}
            for side in (one,) if level == "unites" else (one["most"], one["least"]):
                yield {**here, **group_of(side["group"]), **share(side)}
            if level == "divides":
                yield {**here, **plain("difference", one["gap"])}


def since_rows(since: Shown | None, names: Shown) -> Iterator[Row]:
    """Yield the change of each theme since the round before."""
    if since is None:
        return
    if since["reason"]:
        yield {"level": "since", **plain("difference", None, reason=since["reason"])}
        return
    for one in since["themes"]:
        slug = one["theme"]
        ends = {name: one[name] for name in ("low", "high", "reason")}
        here = {"level": "since", "id": slug, "theme": slug, "name": names.get(slug, slug)}
        yield {**here, "since_day": since["closes"], **plain("difference", one["change"], **ends)}


def city_rows(city: Shown | None, document: Shown, names: Shown) -> Iterator[Row]:
    """Yield each theme of the city, and how far the area is from it; `city` is its document."""
    if city is None or city["city"] is None:
        return
    themes = {one["theme"]: one for one in city["city"].get("themes") or ()}
    for row in city["areas"]:
        if (row["area"], row["survey"]) != (document["area"], document["survey"]):
            continue
        for one in row.get("compared", ()):
            slug = one["theme"]
            here = {"level": "city", "id": slug, "theme": slug, "name": names.get(slug, slug)}
            here["since_day"] = city["snapshot"]["day"]
            if slug in themes:
                yield {**here, **share(themes[slug])}
            yield {**here, **plain("difference", one["difference"], reason=one["reason"])}

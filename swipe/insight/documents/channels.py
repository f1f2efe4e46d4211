"""Pure: people by the channel they came through, counted only: no opinion is told by channel."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from swipe.insight.counting.counts import Counts
from swipe.insight.disclosure import TOO_FEW
from swipe.insight.documents.ways import Ways, WayTable, way_table
from swipe.surveys.channels import SCREEN

NO_CHANNELS = "no-channels"


def channel_table(headline: Counts, previous: Mapping[str, Any] | None, final: bool) -> WayTable:
    """Return the table of people by channel; see `way_table`.

    A channel may be added while a survey is open, so what is kept names the channels of then.
    """
    names, held = headline.channels, _placed_now(previous or {}, headline.channels)
    if held is None and not final:
        return WayTable([], False, dict(previous or {}))
    table = way_table(headline, channels_of(headline), held, final)
    return replace(table, kept={**table.kept, "names": list(names)} if table.kept else {})


def channels_of(headline: Counts) -> Ways:
    """Return the channel that each person came through."""
    own = headline.channel.astype(np.intp)
    unknown = len(headline.channels)
    return Ways("channel", headline.channels, np.where(own < 0, unknown, own), opinions=False)


def why_no_channels(headline: Counts, table: WayTable) -> str | None:
    """Return why there are no rows; which of the rules it was would tell of those it hides."""
    if table.rows:
        return None
    return TOO_FEW if {*headline.channels} - {SCREEN} else NO_CHANNELS


def _placed_now(kept: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any] | None:
    """Return what was kept with the places of today's channels; None where one is gone."""
    then = kept.get("names", [])
    if not set(then) <= set(names):
        return None
    places = [*(names.index(name) for name in then), len(names)]
    cells = [
        {**cell, "ways": sorted(places[one] for one in cell["ways"])}
        for cell in kept.get("cells", ())
    ]
    return {**kept, "cells": cells} if cells else dict(kept)

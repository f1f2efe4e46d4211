"""The big screen of one area among thousands: anybody may open it, so it costs little."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from planner_city import area_of, counted_city

from swipe.insight import reading
from swipe.insight.models import Snapshot


def test_the_screen_reads_its_own_row_of_the_city_and_not_all_of_them(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for slug in ("bolbro", "vollsmose", "lumby", "stige"):
        area_of(slug)
    counted_city()
    read_whole: list[Snapshot] = []
    whole = reading._document

    def noted(snapshot: Snapshot) -> dict[str, Any]:
        read_whole.append(snapshot)
        return whole(snapshot)

    monkeypatch.setattr(reading, "_document", noted)
    assert "Området ved siden af hele byen" in client.get("/screen/bolbro").text
    assert None not in [snapshot.survey for snapshot in read_whole]

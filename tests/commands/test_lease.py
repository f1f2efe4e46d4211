"""One worker at a time: the lease goes from hand to hand and never to two."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import func, select

from swipe import lease
from swipe.db import db, glance
from swipe.lease import Keeper, Lease


def test_only_one_of_two_workers_holds_the_lease(app: Flask) -> None:
    first, second = Keeper("work"), Keeper("work")
    assert first.hold()
    assert not second.hold()
    assert first.hold(), "its own holder renews it"
    first.give_back()
    assert second.hold()


def test_a_worker_that_died_is_followed_when_its_time_is_over(app: Flask) -> None:
    now = datetime.now(UTC)
    assert lease.take("work", "dead", now)
    almost = now + timedelta(seconds=lease.SECONDS - 1)
    assert not lease.take("work", "next", almost)
    assert lease.take("work", "next", now + timedelta(seconds=lease.SECONDS))
    assert not lease.take("work", "dead", now + timedelta(seconds=lease.SECONDS + 1))
    with glance():
        assert db.session.scalar(select(func.count()).select_from(Lease)) == 1


def test_giving_back_what_somebody_else_holds_changes_nothing(app: Flask) -> None:
    now = datetime.now(UTC)
    lease.take("work", "mine", now)
    lease.give_back("work", "theirs")
    assert not lease.take("work", "theirs", now)

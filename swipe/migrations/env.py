"""Alembic's entry: our metadata, our engine, batch mode where SQLite needs it."""

from alembic import context
from flask import current_app

from swipe.accounts import audit as _audit  # noqa: F401 - each import fills the metadata
from swipe.accounts import models as _accounts  # noqa: F401
from swipe.alerts import models as _alerts  # noqa: F401
from swipe.areas import models as _areas  # noqa: F401
from swipe.brand import models as _brand  # noqa: F401
from swipe.db import Base, db
from swipe.insight import models as _insight  # noqa: F401
from swipe.lease import Lease as _lease  # noqa: F401
from swipe.media import models as _media  # noqa: F401
from swipe.outreach import models as _outreach  # noqa: F401
from swipe.participation import kiosk_models as _kiosks  # noqa: F401
from swipe.participation import models as _participation  # noqa: F401
from swipe.reports.notes import models as _notes  # noqa: F401
from swipe.surveys import models as _surveys  # noqa: F401


def run() -> None:
    """Apply migrations over the application's own engine."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()

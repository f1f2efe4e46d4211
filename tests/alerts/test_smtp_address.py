"""The mail server is one setting, whose password nothing ever repeats."""

from pathlib import Path

import pytest

from swipe.config import load
from swipe.errors import SetupError
from swipe.smtp_url import MailServer, read_sender, read_smtp_url


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.dk", MailServer("mail.dk", 587, False, False)),
        ("smtps://mail.dk", MailServer("mail.dk", 465, True, False)),
        ("smtp://u:p@mail.dk:2525/", MailServer("mail.dk", 2525, False, False, "u", "p")),
        ("smtp://u%40b.dk:p%2F%25@m.dk", MailServer("m.dk", 587, False, False, "u@b.dk", "p/%")),
        ("smtp://127.0.0.1:25", MailServer("127.0.0.1", 25, False, True)),
        ("smtp://[::1]:25", MailServer("::1", 25, False, True)),
        ("smtp://localhost", MailServer("localhost", 587, False, True)),
    ],
)
def test_an_address_is_read_into_its_parts(url: str, server: MailServer) -> None:
    assert read_smtp_url(url) == server


def test_no_address_means_no_mail() -> None:
    assert read_smtp_url("") is None


@pytest.mark.parametrize(
    "url",
    [
        "mail.dk",
        "http://u:hemmeligt@mail.dk",
        "smtp://u:hemmeligt@mail.dk/x",
        "smtp://u:hemmeligt@mail.dk?x=1",
        "smtp://u:hemmeligt@mail.dk:port",
        "smtp://u:hemmeligt@",
        "smtp://:hemmeligt@mail.dk",
        "smtp://hemmeligt@mail.dk",
        "smtp://u:hemmeligt%0D%0A@mail.dk",
        "smtp://u:hemmeligtæ@mail.dk",
        "smtp://u:hemmeligt@mail dk",
    ],
)
def test_a_wrong_address_is_one_sentence_without_the_password(url: str) -> None:
    with pytest.raises(SetupError) as found:
        read_smtp_url(url)
    assert "SWIPE_SMTP_URL" in found.value.detail
    assert "hemmeligt" not in f"{found.value.detail} {found.value!r}"
    assert found.value.__suppress_context__ or found.value.__context__ is None


@pytest.mark.parametrize(
    "address", ["", "swipe", "swipe@", "a@b.dk, c@d.dk", "A <a@b.dk>", "a@b\n"]
)
def test_mail_comes_from_one_plain_address(address: str) -> None:
    with pytest.raises(SetupError, match="SWIPE_MAIL_FROM"):
        read_sender(address)
    assert read_sender("swipe@kommune.dk") == "swipe@kommune.dk"


def test_the_settings_hold_no_readable_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWIPE_SMTP_URL", "smtp://u:hemmeligt@mail.dk")
    with pytest.raises(SetupError, match="SWIPE_MAIL_FROM"):
        load(tmp_path / "city")
    monkeypatch.setenv("SWIPE_MAIL_FROM", "swipe@kommune.dk")
    settings = load(tmp_path / "city")
    assert settings.mail_server is not None
    assert settings.mail_server.password == "hemmeligt"
    assert "hemmeligt" not in repr(settings)

"""A letter reaches a real mail server, encrypted where a password goes, or the reason is known."""

from email.message import EmailMessage

import pytest
from certificates import Trust
from mail_servers import PASSWORD, USER, Letters, elsewhere, mail_server, silent_server

from swipe.alerts import mailing
from swipe.alerts.troubles import NotDelivered
from swipe.smtp_url import MailServer
from tests.live import free_port

SENDER, TO = "swipe@kommune.dk", "mette@by.dk"


def mail(to: str = TO) -> EmailMessage:
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = SENDER, to, "Prøve"
    written.set_content("Hej")
    return written


def send(server: MailServer, *to: str, answer_within: float = 5, done_within: float = 20) -> None:
    line = mailing.conversation(server, SENDER, answer_within, done_within)
    with line as open_line:
        for one in to or (TO,):
            open_line.send(mail(one), one)


def trouble(server: MailServer, **times: float) -> str:
    with pytest.raises(NotDelivered) as found:
        send(server, **times)
    return found.value.code


def refused_before_another(letters: Letters) -> NotDelivered:
    """Send two letters over one line; return why the first was refused."""
    with mail_server(letters) as port, mailing.conversation(elsewhere(port), SENDER, 5, 20) as line:
        with pytest.raises(NotDelivered) as found:
            line.send(mail(), TO)
        line.send(mail("lise@by.dk"), "lise@by.dk")
    return found.value


def test_a_letter_arrives_whole_at_its_address() -> None:
    letters = Letters()
    with mail_server(letters) as port:
        send(MailServer("127.0.0.1", port, encrypted=False, local=True))
    assert letters.to == [[TO]]
    assert letters.taken[0]["Subject"] == "Prøve"
    assert letters.taken[0].get_content().strip() == "Hej"


def test_a_password_goes_over_an_encrypted_line_alone(trusted: Trust) -> None:
    letters = Letters()
    with mail_server(letters, starttls=trusted.served, login=True) as port:
        send(elsewhere(port, USER, PASSWORD))
    assert letters.encrypted == [True]


def test_a_line_that_is_encrypted_from_the_first_byte_works_as_well(trusted: Trust) -> None:
    letters = Letters()
    with mail_server(letters, encrypted=trusted.served, login=True, open_login=True) as port:
        send(elsewhere(port, USER, PASSWORD, encrypted=True))
    assert len(letters.taken) == 1


def test_without_a_password_a_server_may_be_plain_and_is_encrypted_where_it_can(
    trusted: Trust,
) -> None:
    plain, hidden = Letters(), Letters()
    with mail_server(plain) as port:
        send(elsewhere(port))
    with mail_server(hidden, starttls=trusted.served) as port:
        send(elsewhere(port))
    assert (plain.encrypted, hidden.encrypted) == ([False], [True])


def test_a_password_never_goes_to_another_machine_in_the_open() -> None:
    letters = Letters()
    with mail_server(letters, login=True, open_login=True) as port:
        assert trouble(elsewhere(port, USER, PASSWORD)) == "no-encryption"
        send(MailServer("127.0.0.1", port, False, True, USER, PASSWORD))  # but to this one it may
    assert len(letters.taken) == 1


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_certificate_that_nobody_vouches_for_ends_it(trust: Trust, encrypted: bool) -> None:
    context = trust.served
    way = {"encrypted": context} if encrypted else {"starttls": context}
    letters = Letters()
    with mail_server(letters, **way) as port:
        assert trouble(elsewhere(port, USER, PASSWORD, encrypted)) == "certificate"
    assert letters.taken == []


def test_a_certificate_for_another_name_ends_it(trusted: Trust) -> None:
    with mail_server(Letters(), starttls=trusted.served) as port:
        other = MailServer("127.0.0.1", port, encrypted=False, local=False)
        assert trouble(other) == "certificate"


def test_a_wrong_password_is_said_to_be_one(trusted: Trust) -> None:
    with mail_server(Letters(), starttls=trusted.served, login=True) as port:
        assert trouble(elsewhere(port, USER, "forkert")) == "login"


def test_a_server_that_knows_no_login_is_said_to_refuse_it(trusted: Trust) -> None:
    with mail_server(Letters(), starttls=trusted.served) as port:
        assert trouble(elsewhere(port, USER, PASSWORD)) in ("login", "refused")


@pytest.mark.parametrize("answer", ["451 later", "552 full"])
def test_a_refused_letter_leaves_the_line_to_the_next_one(answer: str) -> None:
    letters = Letters(answer, "250 OK")
    found = refused_before_another(letters)
    assert (found.code, found.everybody) == ("refused", False)
    assert letters.to == [["lise@by.dk"]]


@pytest.mark.parametrize("answer", ["450 later", "550 nobody here"])
def test_an_address_that_is_refused_concerns_its_own_letter_alone(answer: str) -> None:
    letters = Letters(answer, "250 OK", at="RCPT")
    found = refused_before_another(letters)
    assert (found.code, found.everybody) == ("address", False)
    assert letters.to == [["lise@by.dk"]]


def test_a_server_that_is_not_there_is_said_to_be_silent() -> None:
    assert trouble(elsewhere(free_port())) == "unreachable"
    assert trouble(MailServer("nobody.invalid", 25, False, False)) == "unreachable"


def test_a_server_that_never_answers_is_left(trusted: Trust) -> None:
    with silent_server() as port:
        assert trouble(elsewhere(port), answer_within=0.2) == "unreachable"
        assert trouble(elsewhere(port, encrypted=True), answer_within=0.2) in (
            "slow",
            "unreachable",
        )


def test_a_server_that_drips_is_cut_off() -> None:
    with silent_server(b"220 ", b"m") as port:
        assert trouble(elsewhere(port), answer_within=60, done_within=0.3) == "unreachable"


def test_a_server_that_speaks_another_language_is_left() -> None:
    with silent_server(b"HTTP/1.0 400 Bad Request\r\n\r\n") as port:
        assert trouble(elsewhere(port), answer_within=0.5) == "unreachable"
    with silent_server(b"554 go away\r\n") as port:
        assert trouble(elsewhere(port), answer_within=0.5) == "unreachable"


def test_the_password_is_in_no_fault(trusted: Trust) -> None:
    with mail_server(Letters(), starttls=trusted.served, login=True) as port:
        server = elsewhere(port, USER, "hemmeligt-ord")
        with pytest.raises(NotDelivered) as found:
            send(server)
    assert found.value.__cause__ is None
    assert found.value.__suppress_context__
    assert "hemmeligt-ord" not in f"{server!r} {server} {found.value!r}"

"""An alert is posted to a named host over https, and to nobody else whatever that host answers."""

from contextlib import suppress

import pytest
from certificates import Trust
from hook_servers import Hook, hook_server
from mail_servers import silent_server

from swipe.alerts import hooks
from swipe.alerts.troubles import NotDelivered
from swipe.errors import SetupError
from swipe.hook_hosts import named, read_hosts, target
from tests.live import free_port

DOCUMENT = {"kind": "behind", "area": "bolbro", "sentence": "Bolbro er bagud."}
HOSTS = read_hosts("hooks.kommune.dk, chat.by.dk:8443")


def trouble(hook: Hook, address: str | None = None, **times: float) -> str:
    with pytest.raises(NotDelivered) as found:
        hooks.post(address or hook.address(), DOCUMENT, hook.hosts, **times)
    return found.value.code


def test_a_document_is_posted_as_it_is(trusted: Trust) -> None:
    with hook_server(trusted, Hook(status=204)) as hook:
        hooks.post(hook.address("/i/n?key=1"), DOCUMENT, hook.hosts)
    assert hook.got == [DOCUMENT]
    assert hook.paths == ["/i/n?key=1"]


def test_no_redirect_is_followed(trusted: Trust) -> None:
    with hook_server(trusted, Hook()) as other:
        moved = Hook(status=302, headers={"Location": other.address("/else")})
        with hook_server(trusted, moved) as hook:
            assert trouble(hook) == "hook-moved"
    assert other.paths == []


@pytest.mark.parametrize("status", [400, 404, 410, 429, 500, 503])
def test_a_refusal_is_said_to_be_one(trusted: Trust, status: int) -> None:
    with hook_server(trusted, Hook(status=status)) as hook:
        assert trouble(hook) == "hook-refused"


def test_a_huge_answer_is_not_read(trusted: Trust) -> None:
    with hook_server(trusted, Hook(behaviour="huge")) as hook:
        hooks.post(hook.address(), DOCUMENT, hook.hosts)
    assert hook.sent < 32 * 2**20


def test_a_host_that_never_answers_is_left(trusted: Trust) -> None:
    with hook_server(trusted, Hook(behaviour="silent")) as hook:
        assert trouble(hook, answer_within=0.2) == "hook-silent"
        assert trouble(hook, answer_within=30, done_within=0.2) == "hook-silent"
    with silent_server() as port:
        assert trouble(Hook(port=port), answer_within=0.2) == "hook-silent"
    assert trouble(Hook(port=free_port())) == "hook-silent"


def test_an_answer_that_drips_is_cut_off(trusted: Trust) -> None:
    # It may be cut before the answer's first line or after it.
    with hook_server(trusted, Hook(behaviour="drip")) as hook, suppress(NotDelivered):
        hooks.post(hook.address(), DOCUMENT, hook.hosts, answer_within=60, done_within=0.3)
    assert hook.got == [DOCUMENT]


def test_a_certificate_that_nobody_vouches_for_ends_it(trust: Trust) -> None:
    with hook_server(trust, Hook()) as hook:
        assert trouble(hook) == "hook-trust"
    assert hook.got == []


def test_a_certificate_for_another_name_ends_it(trusted: Trust) -> None:
    with hook_server(trusted, Hook()) as hook:
        other, hosts = f"https://127.0.0.1:{hook.port}/", frozenset({("127.0.0.1", hook.port)})
        with pytest.raises(NotDelivered) as found:
            hooks.post(other, DOCUMENT, hosts)
    assert found.value.code == "hook-trust"
    assert hook.got == []


def test_a_host_that_is_not_named_is_never_called(trusted: Trust) -> None:
    with hook_server(trusted, Hook()) as hook:
        with pytest.raises(NotDelivered) as found:
            hooks.post(hook.address(), DOCUMENT, HOSTS)
        assert found.value.code == "hook-off"
        with pytest.raises(NotDelivered):
            hooks.post(hook.address(), DOCUMENT, frozenset())
    assert hook.got == []


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://hooks.kommune.dk", ("hooks.kommune.dk", 443, "/")),
        ("https://hooks.kommune.dk/a/b?c=d", ("hooks.kommune.dk", 443, "/a/b?c=d")),
        ("https://hooks.kommune.dk:443/a", ("hooks.kommune.dk", 443, "/a")),
        ("https://HOOKS.kommune.DK/a", ("hooks.kommune.dk", 443, "/a")),
        ("https://chat.by.dk:8443/a", ("chat.by.dk", 8443, "/a")),
    ],
)
def test_an_address_of_a_named_host_may_be_called(
    address: str, found: tuple[str, int, str]
) -> None:
    assert target(address, HOSTS) == found


@pytest.mark.parametrize(
    "address",
    [
        "",
        "hooks.kommune.dk/a",
        "http://hooks.kommune.dk/a",
        "HTTPX://hooks.kommune.dk/a",
        "//hooks.kommune.dk/a",
        "https://chat.by.dk/a",
        "https://hooks.kommune.dk:8443/a",
        "https://hooks.kommune.dk:0443/a",
        "https://hooks.kommune.dk:/a",
        "https://hooks.kommune.dk:99999/a",
        "https://hooks.kommune.dk:-1/a",
        "https://hooks.kommune.dk./a",
        "https://hooks.kommune.dk.evil.dk/a",
        "https://hooks.kommune.dk@evil.dk/a",
        "https://evil.dk@hooks.kommune.dk/a",
        "https://:x@hooks.kommune.dk/a",
        "https://evil.dk\\@hooks.kommune.dk/a",
        "https://evil.dk#@hooks.kommune.dk/a",
        "https://hooks.kommune.dk/a#b",
        "https://hooks.kommune.dk/a b",
        "https://hooks.kommune.dk/a\r\nX: y",
        "https://hooks.kommune.dk/å",
        "https://hooks。kommune。dk/a",
        "https://[::1]/a",
        "https://[hooks.kommune.dk]/a",
        "https://127.0.0.1/a",
        "https://2130706433/a",
        "https://0x7f.1/a",
        "https://169.254.169.254/latest",
        "file:///etc/passwd",
    ],
)
def test_any_other_address_may_not(address: str) -> None:
    assert target(address, HOSTS) is None


def test_the_hosts_of_the_setting_are_read_as_they_are_written() -> None:
    assert named(read_hosts(" B.dk:8443,, a.dk ,a.dk:443")) == ["a.dk", "b.dk:8443"]
    assert read_hosts("") == frozenset()


@pytest.mark.parametrize(
    "text", ["https://a.dk", "a.dk/x", "u@a.dk", "*.a.dk", "a.dk:0", "a.dk:99999", "a b", "a.dk:x"]
)
def test_a_setting_that_names_more_than_hosts_is_refused(text: str) -> None:
    with pytest.raises(SetupError, match="SWIPE_WEBHOOK_HOSTS"):
        read_hosts(text)

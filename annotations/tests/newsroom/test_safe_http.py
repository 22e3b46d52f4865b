"""An address that somebody typed reaches the public net only, whatever it is dressed as; nothing runs away."""

import ssl
import time
import zlib
from collections.abc import Iterator, Sequence
from gzip import compress
from ipaddress import ip_address
from typing import Any

import pytest

from annotations.tests.newsroom.doors import FRONT, INNER, Door, answer, open_door
from annotations.tests.newsroom.hostile_targets import DIRECT, NAMES
from newsroom.public_addresses import PORTS, Address, is_public
from newsroom.safe_http import Answer, Refused, Rules, get, post

HTML = ("text/html",)
LARGEST = 2 * 1024 * 1024
CODES = (301, 302, 303, 307, 308)


def resolve(host: str, port: int) -> Sequence[str]:
    if host not in NAMES:
        raise OSError("no such name")
    return NAMES[host]


def allows(address: Address) -> bool:
    """What is public, and the door that plays it."""
    return str(address) == FRONT or is_public(address)


def rules(*doors: Door, **more: Any) -> Rules:
    ports = PORTS | {door.port for door in doors}
    given: dict[str, Any] = {"ports": ports, "allows": allows, "resolve": resolve, "seconds": 5}
    return Rules(**{**given, **more})


def refusal(address: str, with_rules: Rules, largest: int = LARGEST) -> str:
    """Why the address was refused; “” where it was not."""
    try:
        get(address, media=HTML, largest=largest, rules=with_rules)
    except Refused as refused:
        return str(refused)
    return ""


@pytest.fixture
def canary() -> Iterator[Door]:
    with open_door(INNER) as door:
        yield door


def fetch(reply: bytes, *, largest: int = LARGEST, **more: Any) -> Answer:
    """What `get` makes of these bytes from a public host."""
    with open_door(FRONT, lambda _path: reply) as door:
        address = f"http://public.example:{door.port}/a"
        return get(address, media=HTML, largest=largest, rules=rules(door, **more))


def test_no_hostile_target_is_connected_to(canary: Door) -> None:
    targets = [each.replace("PORT", str(canary.port)) for each in DIRECT]

    taken = [each for each in targets if not refusal(each, rules(canary))]

    assert len(targets) >= 100
    assert (taken, canary.connections) == ([], [])


def test_no_redirect_leads_to_one(canary: Door) -> None:
    targets = [each.replace("PORT", str(canary.port)) for each in DIRECT]

    def leads(path: str) -> bytes:
        number = int(path.strip("/")) if path.strip("/").isdecimal() else 0
        target = targets[number].translate(str.maketrans("", "", "\r\n\x00"))
        location = target.encode().decode("latin-1")
        head = answer(status=CODES[number % len(CODES)], location="(here)")
        return head.replace(b"(here)", location.encode("latin-1"))

    with open_door(FRONT, leads) as front:
        opened = rules(front, canary)
        asked = [f"http://public.example:{front.port}/{n}" for n in range(len(targets))]
        taken = [
            target for target, each in zip(targets, asked, strict=True) if not refusal(each, opened)
        ]

    assert (taken, canary.connections) == ([], [])
    assert len(front.connections) >= len(targets)


def test_without_the_check_the_canary_is_reached(canary: Door) -> None:
    """The control: the tests above can see what they say is not there."""
    unguarded = rules(canary, allows=lambda _address: True)
    with open_door(
        FRONT, lambda _path: answer(status=302, location=f"http://127.0.0.1:{canary.port}/")
    ) as front:
        opened = rules(front, canary, allows=lambda _address: True)
        direct = refusal(f"http://127.0.0.1:{canary.port}/", unguarded)
        led = refusal(f"http://public.example:{front.port}/", opened)

    assert (direct, led, len(canary.connections)) == ("", "", 2)


def test_a_name_is_asked_once_for_each_hop_and_what_it_said_is_connected_to(canary: Door) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return [FRONT] if len(asked) == 1 else [INNER]

    with open_door(
        FRONT,
        lambda path: (
            answer(b"<p>x</p>")
            if path == "/"
            else answer(status=302, location=f"http://public.example:{canary.port}/")
        ),
    ) as front:
        opened = rules(front, canary, resolve=rebinding)
        plain = refusal(f"http://public.example:{front.port}/", opened)
        once = len(asked)
        asked.clear()
        led = refusal(f"http://public.example:{front.port}/leads", opened)

    assert (plain, once) == ("", 1)
    assert (led, canary.connections) == ("This host is not on the public net.", [])


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::200e", "2001:4860::8888"],
)
def test_public_addresses_are_let_through(address: str) -> None:
    assert is_public(ip_address(address))


def test_the_page_comes_decoded_from_the_address_it_led_to() -> None:
    def leads(path: str) -> bytes:
        if path == "/a":
            return answer(status=301, location="/b?q=%D8%A8 x".replace(" ", "%20"))
        return answer(compress("<p>بلی</p>".encode()), content_encoding="gzip")

    with open_door(FRONT, leads) as door:
        found = get(
            f"http://PUBLIC.example:{door.port}/a", media=HTML, largest=LARGEST, rules=rules(door)
        )

    assert found.body.decode() == "<p>بلی</p>"
    assert found.address == f"http://public.example:{door.port}/b?q=%D8%A8%20x"


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (answer(b"x", status=404), "The server answered 404."),
        (answer(b"x", kind="application/zip"), "cannot be read here"),
        (answer(b"x" * 100, content_length="200"), "broke off"),
        (answer(compress(bytes(60_000_000)), content_encoding="gzip"), "too densely|larger"),
        (
            answer(zlib.compress(bytes(60_000_000)), content_encoding="deflate"),
            "too densely|larger",
        ),
        (answer(compress(b"x" * 5000)[:-20], content_encoding="gzip"), "broke off"),
        (answer(b"not packed", content_encoding="gzip"), "damaged"),
        (answer(b"x", content_encoding="br"), "not read here"),
        (answer(compress(compress(b"x")), content_encoding="gzip, gzip"), "not read here"),
        (answer(b"x" * (LARGEST + 1)), "larger than 2 MB"),
        (answer(status=302), "on and on"),
        (answer(status=302, location="/a"), "on and on"),
        (b"SSH-2.0-OpenSSH\r\n", "does not speak HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500 + b"\r\n", "does not speak HTTP"),
        (b"", "The server"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_no_page_is_refused_in_plain_words(reply: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        fetch(reply)


def test_what_is_packed_too_densely_is_refused_before_it_is_large() -> None:
    with pytest.raises(Refused, match="too densely"):
        fetch(answer(compress(bytes(60_000_000)), content_encoding="gzip"), largest=10**8)


def test_time_is_bounded_however_slowly_bytes_drip() -> None:
    def drips(path: str) -> bytes:
        time.sleep(1.5)  # longer than there is time, while the connection stays open
        return answer(b"late")

    began = time.monotonic()
    with open_door(FRONT, drips) as door:
        said = refusal(f"http://public.example:{door.port}/", rules(door, seconds=0.3))

    assert said == "The server took too long."
    assert time.monotonic() - began < 1


def test_a_resolver_that_does_not_answer_is_not_waited_for() -> None:
    def hangs(host: str, port: int) -> Sequence[str]:
        time.sleep(1)
        return [FRONT]

    began = time.monotonic()

    assert refusal("http://public.example/", rules(resolve=hangs, seconds=0.2)) == (
        "The server took too long."
    )
    assert time.monotonic() - began < 0.9


def test_who_does_not_speak_tls_is_not_spoken_to() -> None:
    with open_door(FRONT) as door:
        said = refusal(f"https://public.example:{door.port}/", rules(door))

    assert "(TLS)" in said


def test_certificates_are_always_verified() -> None:
    context = Rules().tls()

    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_https_never_leads_to_http() -> None:
    from newsroom.public_addresses import target_of
    from newsroom.safe_http import _next

    with pytest.raises(Refused, match="from https to http"):
        _next(target_of("https://public.example/"), "http://public.example/", Rules())


def test_post_sends_the_bytes_and_follows_nothing(canary: Door) -> None:
    with open_door(
        FRONT, lambda _path: answer(b"ok", status=307, location=f"http://127.0.0.1:{canary.port}/")
    ) as door:
        address = f"http://public.example:{door.port}/hook"
        found = post(address, b"{}", {"Content-Type": "application/json"}, rules=rules(door))

    assert (found.status, canary.connections) == (307, [])

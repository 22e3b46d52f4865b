"""What stands beside an article, in its address and out of it."""

from annotations.tests.scripts.node import call

NOTHING = {"beside": "", "at": "", "q": ""}


def test_it_is_read_from_the_address() -> None:
    assert call(
        "beside.js", "besideOf", ["?beside=a&at=s&x=1"], ["?beside=search&q=two%20words"], [""]
    ) == [
        {"beside": "a", "at": "s", "q": ""},
        {"beside": "search", "at": "", "q": "two words"},
        NOTHING,
    ]


def test_it_is_written_into_the_address_beside_the_rest() -> None:
    assert call(
        "beside.js",
        "withBeside",
        ["?statement=s", NOTHING | {"beside": "a"}],
        ["?beside=a&at=s&statement=s", NOTHING | {"beside": "search", "q": "ä&b"}],
        ["?statement=s&beside=a&at=s", NOTHING],
        ["?beside=a", NOTHING],
    ) == [
        "?statement=s&beside=a",
        "?beside=search&statement=s&q=%C3%A4%26b",
        "?statement=s",
        "",
    ]

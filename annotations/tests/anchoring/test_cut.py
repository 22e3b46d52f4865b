import pytest

from annotations.anchoring.cut import Place, cut

TEXT = "x “We left. They stayed.” y"
PIECE = (2, 25)  # “We left. They stayed.”


def cut_out(*words: str) -> tuple[list[str], list[str]]:
    chosen: list[Place] = [(at := TEXT.index(each), at + len(each)) for each in words]
    goes, left = cut(TEXT, PIECE, chosen)
    return [TEXT[slice(*place)] for place in goes], [TEXT[slice(*place)] for place in left]


@pytest.mark.parametrize(
    ("chosen", "goes", "left"),
    [
        (["They stayed.”"], ["They stayed.”"], ["“We left."]),
        (["They stayed"], ["They stayed"], ["“We left."]),
        (["“We left. "], ["“We left."], ["They stayed.”"]),
        (["left. They"], ["left. They"], ["“We", "stayed.”"]),
        (["left", "stayed"], ["left", "stayed"], ["“We", ". They"]),
        (["left. They", "They stayed"], ["left. They", "stayed"], ["“We"]),
        (["x “We left. They stayed.” y"], ["“We left. They stayed.”"], []),
        (["“We left. They stayed"], ["“We left. They stayed"], []),
        ([".”"], [], ["“We left. They stayed"]),
        (["” y"], [], ["“We left. They stayed."]),
        ([], [], ["“We left. They stayed.”"]),
    ],
)
def test_what_goes_and_what_is_left(chosen: list[str], goes: list[str], left: list[str]) -> None:
    assert cut_out(*chosen) == (goes, left)

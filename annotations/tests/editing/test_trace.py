"""Every record that keeps a history is undone by its article's page, or known not to be."""

from annotations.doctor.found import kept_models
from annotations.editing.trace import PARTS, RECORDS
from annotations.models import Actor, ActorAlias, Post

ELSEWHERE = {Actor, ActorAlias, Post}  # made and changed on actors' pages


def test_every_kept_model_is_traced_or_changed_elsewhere() -> None:
    assert {*RECORDS, *PARTS, *ELSEWHERE} == set(kept_models())
    assert not {*RECORDS, *PARTS} & ELSEWHERE

"""Articles whose statements are linked with each other: for counting queries."""

from annotations.models import Article
from annotations.tests.factories import (
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
)


def linked_article(number: int) -> Article:
    """An article of this many claims, each answered, restated and with a reply record; all links at the first."""
    words = "".join(
        f"Claim {i} stands. Denial {i} stands. Again {i} stands.\n" for i in range(10, 10 + number)
    )
    article = make_article(text=words)
    first = None
    for i in range(10, 10 + number):
        claim = make_statement(article, f"Claim {i} stands.", about=[make_actor()], points=["one"])
        first = first or claim
        denial = make_statement(article, f"Denial {i} stands.", act="denial")
        again = make_statement(article, f"Again {i} stands.", cue=f"Again {i}")
        [party], [point] = first.accused(), first.live_points()
        make_response(first, denial, parties=[party], answers=[point], marker=f"Denial {i}")
        make_restatement(first, again)
        make_reply_record(claim, evidence=f"Again {i} stands.", claimant=make_actor())
    return article

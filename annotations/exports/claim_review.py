"""ClaimReview (schema.org): a verdict of a fact checker on a claim. No record of ours holds one.

That somebody denies a claim is not a finding that it is false (domain: “refutes” is not offered), and a
reviewer's approval judges the record, not the claim. So the file says that it is empty, and why; it
invents nothing. When a record with a verdict comes, its rows come here.
"""

import json
from collections.abc import Iterator

from annotations.exports.formats import Order

WHY = (
    "Nothing recorded here is a verdict on whether a claim is true. A response says what somebody "
    "answered; an approval says that the record is right. Who has checked a claim publishes the verdict."
)


def claimreview_jsonld(order: Order, using: str) -> Iterator[bytes]:
    """claimreview.jsonld: a feed without reviews that says why there are none."""
    feed = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "@id": f"{order.site}/claimreview.jsonld",
        "name": "ClaimReview",
        "description": WHY,
        "dataFeedElement": [],
    }
    yield f"{json.dumps(feed, indent=1)}\n".encode()

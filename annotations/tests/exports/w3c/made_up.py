"""A made-up article whose letters are of every length, and what is recorded in it."""

from datetime import date

from annotations.models import Response
from annotations.tests.factories import (
    approve_all,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
)

TEXT = (
    "🇦🇫🇵🇰 Talks 👩‍👩‍👧‍👦 break off\n\n"
    "“The 🏳️‍🌈 flag was burnt,” the envoy said on Monday 😀, “and nobody — nobody — helped.”\n"
    "سخنگو گفت: «ما این ادعا را رد می‌کنیم» 🇦🇫 و افزود که چنین چیزی رخ نداده است.\n"
    "The envoy repeated that the flag was burnt. The army has not answered 🤷🏽‍♂️.\n"
    "Gödel, naïve, Z̈ and 𝕆𝕦𝕥 stand here 👍👍🏿.\n"
)


def record() -> Response:
    """An accusation in two pieces, its denial in Dari, the same thing again, and a silence; all approved."""
    article = make_article(text=TEXT, headline="Talks break off", language="en")
    envoy, army = make_actor("Envoy 😀"), make_actor("Army", kind="organisation")
    spokesman = make_actor("سخنگو", kind="unnamed_person")
    claim = make_statement(
        article,
        ["“The 🏳️‍🌈 flag was burnt,”", "“and nobody — nobody — helped.”"],
        speaker=envoy,
        about=[army],
        source="the envoy",
        cue="said",
        form="direct",
        points=["It was burnt.", "Nobody helped."],
        gist="Accuses the army",
        said_on=date(2026, 1, 5),
        said_on_as_printed="on Monday",
        venue="Kabul",
        note="See “there” — 😀",
    )
    denial = make_statement(
        article, "«ما این ادعا را رد می‌کنیم»", speaker=spokesman, acting_for=[army], act="denial"
    )
    again = make_statement(article, "the flag was burnt.", speaker=envoy, about=[army])
    points = list(claim.points.all())[:1]
    link = make_response(claim, denial, parties=[army], answers=points, marker="🇦🇫 و افزود که")
    restated = make_restatement(claim, again)
    reply = make_reply_record(
        again,
        army,
        status="reported_no_response",
        evidence="The army has not answered 🤷🏽‍♂️.",
        as_of=date(2026, 1, 6),
    )
    approve_all(claim, denial, again, link, restated, reply)
    return link

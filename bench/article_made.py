"""The article of the bench `article_page`: 100 KB of made-up text, 1,000 highlights, 200 linked pairs.

Run as a module it fills the database of DATABASE_URL with it and prints, as JSON, the page's address and
the key of a session in which an editor is signed in.
"""

import json
import random
from dataclasses import dataclass
from typing import Any

SEED = 42
SIZE, HIGHLIGHTS, PAIRS = 100_000, 1_000, 200
OVERLAPPING = 0.1  # of the highlights reach into the next one
FREE = (
    24  # words of a paragraph near the beginning that no highlight covers: the bench selects them
)
SPEAKERS = 50


@dataclass(frozen=True)
class Made:
    """The text; [start, end) of each highlight, in its order; pairs of them by index; words to select."""

    text: str
    spans: list[tuple[int, int]]
    pairs: list[tuple[int, int]]
    free: list[str]


def made() -> Made:
    """Paragraphs of four sentences: each sentence is a highlight, or each half of it."""
    chance = random.Random(SEED)  # noqa: S311
    words = _words(chance, 2_000)
    free = [_word(chance, 4) for _ in range(FREE)]
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    size = 0
    while size < SIZE:
        if not parts:
            paragraph = " ".join(free).capitalize() + "."
            free = paragraph.rstrip(".").split()[1:]
        else:
            sentences = [" ".join(chance.choices(words, k=15)).capitalize() + "." for _ in range(4)]
            at = size
            for sentence in sentences:
                middle = sentence.index(" ", len(sentence) // 2)
                places += [(at, at + middle), (at + middle + 1, at + len(sentence))]
                at += len(sentence) + 1
            paragraph = " ".join(sentences)
        parts.append(paragraph)
        size += len(paragraph) + 2
    text = "\n\n".join(parts)[:SIZE]
    chosen = [place for place in places if place[1] <= len(text)]
    head, rest = chosen[:8], chosen[8:]
    spans = head + sorted(chance.sample(rest, HIGHLIGHTS - len(head)))
    spans = [_reaching(span, text, chance) for span in spans]
    pairs = [(n, n + 1) for n in range(0, 2 * PAIRS, 2)]
    return Made(text, spans, pairs, free)


def _words(chance: random.Random, number: int) -> list[str]:
    return [_word(chance, chance.choice([1, 2, 2, 3])) for _ in range(number)]


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(syllables))


def _reaching(span: tuple[int, int], text: str, chance: random.Random) -> tuple[int, int]:
    """Some reach to the end of the next word but one, into the next highlight."""
    start, end = span
    if chance.random() >= OVERLAPPING:
        return span
    line = text.find("\n", end)
    further = text.find(" ", end + 12)
    return span if further < 0 or 0 <= line < further else (start, further)


def fill() -> dict[str, str]:
    """Rows without history, as the lists' bench has them; the article itself is received."""
    from django.conf import settings
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.test import Client

    from annotations.editing import receive

    call_command("migrate", verbosity=0)
    editor = User.objects.create_user("editor")
    editor.groups.add(Group.objects.get(name="editor"))
    document = made()
    details = receive.ArticleDetails(
        headline="A long article",
        outlet=None,
        url="",
        dateline="",
        published_on=None,
        language="en",
    )
    article = receive.receive(user=editor, text=document.text, details=details)
    _fill_statements(document, article, editor)
    client = Client()
    client.force_login(editor, backend="newsroom.accounts.Accounts")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {
        "path": article.get_absolute_url(),
        "cookie": settings.SESSION_COOKIE_NAME,
        "session": session,
    }


def _fill_statements(document: Made, article: Any, editor: Any) -> None:
    from annotations.models import Actor, Attribution, Placement, Response, Span, Statement

    actors = Actor.objects.bulk_create(
        Actor(name=f"Speaker {n}", folded=f"speaker {n}", kind="person") for n in range(SPEAKERS)
    )
    text = document.text
    statements = Statement.objects.bulk_create(
        Statement(
            article=article, form="indirect", act="accusation" if n % 2 == 0 else "denial",
            folded=text[start:end].casefold(), created_by=editor,
        )
        for n, (start, end) in enumerate(document.spans)
    )  # fmt: skip
    spans = Span.objects.bulk_create(
        Span(statement=statement, role="content", ordinal=1) for statement in statements
    )
    Placement.objects.bulk_create(
        Placement(
            span=span, revision=article.revision, start=start, end=end, exact=text[start:end],
            prefix=text[max(0, start - 32) : start], suffix=text[end : end + 32],
        )
        for span, (start, end) in zip(spans, document.spans, strict=True)
    )  # fmt: skip
    Attribution.objects.bulk_create(
        Attribution(
            statement=statement, actor=actors[(n + shift) % SPEAKERS], part=part, ordinal=1,
            speaker_basis="role_only" if part == "speaker" else "",
            as_printed="the minister" if part == "speaker" else "",
        )
        for n, statement in enumerate(statements)
        for part, shift in (("speaker", 0), ("about", 1))
    )  # fmt: skip
    Response.objects.bulk_create(
        Response(
            claim=statements[claim], response=statements[answer], relation="denies",
            link_basis="same_article", created_by=editor,
        )
        for claim, answer in document.pairs
    )  # fmt: skip


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(fill()))

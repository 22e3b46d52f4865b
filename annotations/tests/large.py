"""Articles of the largest size that the pages are built for; highlights as rows, without history."""

import random
import re

from annotations.models import (
    Actor,
    Article,
    Attribution,
    Placement,
    Relation,
    Response,
    Span,
    Statement,
)
from annotations.tests.factories import make_article, usual

WORDS = (
    "the ministry said army border river claim spokesman denied minister reporters Kabul Monday order"
    " given police province attack statement people officials group wounded killed"
)
A_SENTENCE = re.compile(r"[A-Z][^.]* number \d+\.")


def long_text(characters: int, seed: int = 3) -> str:
    """Made-up paragraphs of four sentences, each sentence with a number of its own; of exactly this length."""
    chance = random.Random(seed)
    words = WORDS.split()
    paragraphs, size, number = [], 0, 0
    while size < characters:
        sentences = []
        for _ in range(4):
            number += 1
            said = " ".join(chance.choices(words, k=14)).capitalize()
            sentences.append(f"{said} number {number}.")
        paragraphs.append(" ".join(sentences))
        size += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)[:characters]


def article_of(characters: int) -> Article:
    """An article of this many characters."""
    return make_article(headline=f"{characters:,} characters", text=long_text(characters))


def article_with_highlights(number: int) -> Article:
    """An article of which each of the first sentences is a statement, by one of fifty and about another."""
    article = article_of(max(1000, number * 130))
    text, author = article.revision.text, usual("editor")
    actors = Actor.objects.bulk_create(
        Actor(name=f"Speaker {n}", folded=f"speaker {n}", kind="person") for n in range(50)
    )
    places = [found.span() for found in A_SENTENCE.finditer(text)][:number]
    statements = Statement.objects.bulk_create(
        [
            Statement(
                article=article, form="indirect", act="accusation" if n % 2 else "assertion",
                folded=text[start:end].casefold(), created_by=author,
            )
            for n, (start, end) in enumerate(places)
        ],
        batch_size=500,
    )  # fmt: skip
    spans = Span.objects.bulk_create(
        [Span(statement=statement, role="content", ordinal=1) for statement in statements],
        batch_size=500,
    )
    Placement.objects.bulk_create(
        [
            Placement(
                span=span, revision=article.revision, start=start, end=end, exact=text[start:end],
                prefix=text[max(0, start - 32) : start], suffix=text[end : end + 32],
            )
            for span, (start, end) in zip(spans, places, strict=True)
        ],
        batch_size=500,
    )  # fmt: skip
    Attribution.objects.bulk_create(
        [
            Attribution(
                statement=statement, actor=actors[(n + shift) % 50], part=part, ordinal=1,
                speaker_basis="role_only" if part == "speaker" else "",
                as_printed="the minister" if part == "speaker" else "",
            )
            for n, statement in enumerate(statements)
            for part, shift in (("speaker", 0), ("about", 1))
        ],
        batch_size=500,
    )  # fmt: skip
    return article


def article_of_exchanges(number: int = 60, links: int = 80) -> Article:
    """An article of this many statements with this many links between them, and three to another article.

    Most answer what was said shortly before, some what was said far above, as in a long report; each
    relation comes up, and some claims are answered many times.
    """
    chance = random.Random(7)
    article, other = article_with_highlights(number), article_with_highlights(3)
    here, there = (
        list(Statement.objects.filter(article=each).order_by("id")) for each in (article, other)
    )
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < links:
        answer = chance.randrange(1, number)
        back = chance.choice([1, 1, 2, 3, 4, 6, 9, 25])
        claim = max(0, answer - back) // 3 * 3  # every third is answered more often
        if claim != answer:
            pairs.add((claim, answer))
    ends = [(here[claim], here[answer]) for claim, answer in sorted(pairs)]
    ends += list(zip(here[4::20], there, strict=False))
    relations = Relation.values
    Response.objects.bulk_create(
        Response(
            claim=claim, response=answer, relation=relations[n * 5 % len(relations)],
            link_basis="same_article" if claim.article_id == answer.article_id else "editor_inferred",
            created_by=usual("editor"),
        )
        for n, (claim, answer) in enumerate(ends)
    )  # fmt: skip
    return article

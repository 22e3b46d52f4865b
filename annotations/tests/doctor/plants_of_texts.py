"""Defects of articles, their texts and what stands in them, by the invariant that finds each."""

from datetime import timedelta

from django.db.models import F, Model

from annotations.anchoring.fold import fold
from annotations.models import Article, ArticleWords, Placement, Revision, Span, Zone
from annotations.tests.doctor.world import World, copy, drop, plants, remove, write
from annotations.tests.factories import TEXT


def _place(span: Span) -> Placement:
    return span.placements.get(revision=F("revision__article__current_revision"))


def _words(world: World) -> Placement:
    return _place(world.claim.live_spans("content")[0])


def _rewrite(article: Article, text: str) -> list[Model]:
    """Another text in the newest revision, with all that is made from it."""
    opening = Revision.first_words(text)
    write(article.revision, text=text, sha256=Revision.digest(text), opening=opening)
    words = fold(f"{article.headline} {article.url} {text}")
    ArticleWords.objects.filter(article=article).update(folded=words)
    return [article]


@plants("a_text_is_stored_as_received")
def carriage_return(world: World) -> list[Model]:
    return _rewrite(world.other, f"{TEXT}\r\n")


@plants("a_text_is_stored_as_received")
def byte_order_mark(world: World) -> list[Model]:
    return _rewrite(world.other, f"\ufeff{TEXT}")


@plants("a_text_has_words")
def blank(world: World) -> list[Model]:
    write(world.other.revision, text=" \n ")
    return [world.other]


@plants("a_text_matches_its_sha256")
def other_digest(world: World) -> list[Model]:
    write(world.other.revision, sha256="0" * 64)
    return [world.other]


@plants("an_opening_is_how_a_text_begins_or_began")
def other_opening(world: World) -> list[Model]:
    write(world.other.revision, opening="Once upon a time")
    return [world.other]


@plants("placed_words_stand_in_the_text")
def shifted(world: World) -> list[Model]:
    write(_words(world), start=F("start") + 1, end=F("end") + 1)
    return [world.claim]


@plants("surroundings_stand_beside_the_words")
def other_prefix(world: World) -> list[Model]:
    write(_words(world), prefix="nobody said ")
    return [world.claim]


@plants("surroundings_stand_beside_the_words")
def other_suffix(world: World) -> list[Model]:
    write(_words(world), suffix=" The end")
    return [world.claim]


@plants("zones_lie_inside_the_text")
def zone_after_the_end(world: World) -> list[Model]:
    write(Zone.objects.filter(revision=world.article.revision)[0], end=10_000)
    return [world.article]


@plants("the_search_copy_of_an_article_is_up_to_date")
def old_copy(world: World) -> list[Model]:
    ArticleWords.objects.filter(article=world.other).update(folded="old words")
    return [world.other]


@plants("the_search_copy_of_an_article_is_up_to_date")
def no_copy(world: World) -> list[Model]:
    ArticleWords.objects.filter(article=world.other).delete()
    return [world.other]


@plants("revision_numbers_have_no_gaps")
def gap(world: World) -> list[Model]:
    write(world.article.revision, number=3)
    return [world.article]


@plants("revisions_came_in_their_order")
def received_before(world: World) -> list[Model]:
    write(world.article.revision, received_at=F("received_at") - timedelta(days=1))
    return [world.article]


@plants("a_text_says_why_it_came")
def no_reason(world: World) -> list[Model]:
    drop("revision_says_why_it_came_unless_it_is_the_first")
    write(world.article.revision, reason="")
    return [world.article]


@plants("the_current_text_is_the_articles_newest")
def older_text(world: World) -> list[Model]:
    write(world.article, current_revision=world.article.revisions.get(number=1))
    return [world.article]


@plants("the_current_text_is_the_articles_newest")
def text_of_another(world: World) -> list[Model]:
    write(world.article, current_revision=world.other.revision)
    return [world.article]


@plants("the_current_text_is_the_articles_newest")
def no_text(world: World) -> list[Model]:
    write(world.article, current_revision=None)
    return [world.article]


@plants("the_current_text_is_the_articles_newest")
def no_revision(world: World) -> list[Model]:
    return [copy(world.other, url="", current_revision_id=None)]


@plants("an_address_is_of_one_article")
def same_address(world: World) -> list[Model]:
    drop("article_url_is_unique_where_given")
    write(world.other, url=world.article.url)
    return [world.article, world.other]


@plants("a_language_is_a_language_tag")
def no_language(world: World) -> list[Model]:
    write(world.other, language="English!")
    return [world.other]


@plants("statements_are_sorted_by_their_articles_date")
def other_day(world: World) -> list[Model]:
    write(world.elsewhere, article_day="2020-01-01")
    return [world.elsewhere]


@plants("every_span_stands_in_the_newest_text")
def no_place(world: World) -> list[Model]:
    remove(_words(world))
    return [world.claim]


@plants("a_span_stands_in_one_article")
def in_another_text(world: World) -> list[Model]:
    write(_words(world), revision=world.other.revision)
    return [world.claim]


@plants("a_span_stands_in_one_article")
def in_the_texts_of_two(world: World) -> list[Model]:
    write(_place(world.reply.spans.get()), revision=world.other.revision)
    return [world.reply]


@plants("what_needs_placing_says_why_and_has_no_place")
def waits_for_no_reason(world: World) -> list[Model]:
    drop("placement_has_a_place_unless_it_needs_one")
    write(_place(world.waiting.spans.get()), reason="")
    return [world.waiting]


@plants("what_needs_placing_says_why_and_has_no_place")
def waits_where_it_stands(world: World) -> list[Model]:
    drop("placement_has_a_place_unless_it_needs_one")
    write(_words(world), state="needs_placing", reason="gone")
    return [world.claim]


@plants("a_span_keeps_the_words_chosen")
def on_other_words(world: World) -> list[Model]:
    place = _words(world)
    assert place.start is not None
    words = world.article.revision.text[place.start - 4 : place.end]
    write(place, start=place.start - 4, exact=words)
    return [world.claim]


@plants("no_words_are_chosen_twice")
def chosen_twice(world: World) -> list[Model]:
    place = _words(world)
    copy(place, span_id=copy(place.span, ordinal=2).pk)
    return [world.claim]


@plants("a_source_span_is_of_its_own_statement")
def source_of_another(world: World) -> list[Model]:
    write(world.answer.attributions.get(), source_span=world.claim.live_spans("source")[0])
    return [world.answer]


@plants("a_source_span_is_of_its_own_statement")
def content_as_source(world: World) -> list[Model]:
    write(world.answer.attributions.get(), source_span=world.answer.live_spans("content")[0])
    return [world.answer]

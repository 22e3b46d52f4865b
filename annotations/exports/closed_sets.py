"""The closed sets that cells draw on, each value with its meaning in a reporter's words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClosedSet:
    """The only values that a column's cells hold."""

    name: str
    meanings: dict[str, str]

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self.meanings)


FORM = ClosedSet(
    "form",
    {
        "direct": "clauses in quotation marks",
        "indirect": "paraphrase",
        "mixed": "paraphrase that carries quoted words",
        "fragment": "one short quoted phrase, whose owner may be the speaker or the outlet",
        "reported_act": "an act of speech is named, with little of what was said",
        "attitude": "an intention or stance is ascribed",
        "standing": "a repeated or undated position",
    },
)
ACT = ClosedSet(
    "act",
    {
        "assertion": "says that something is so",
        "accusation": "says that somebody did or does wrong",
        "denial": "says that something is not so",
        "opinion": "judges or interprets",
        "demand": "asks for something to be done",
        "pledge": "promises",
        "question": "asks",
        "refusal": "declines to do something",
    },
)
PRECISION = ClosedSet(
    "precision",
    {
        "day": "the day is known",
        "month": "the month is known",
        "year": "the year is known",
    },
)
KIND = ClosedSet(
    "kind of actor",
    {
        "person": "a named person",
        "organisation": "an organisation",
        "state": "a state",
        "media": "a news medium",
        "document": "a document",
        "unnamed_person": "a person whom the article does not name",
        "unnamed_group": "people whom the article does not name",
    },
)
BASIS = ClosedSet(
    "speaker basis",
    {
        "named": "the words name the speaker in full",
        "surname_only": "the words give the surname",
        "role_only": "the words give a title or role",
        "pronoun": "the words are a pronoun",
        "carried_over": "the paragraph names nobody and continues the one before it",
        "editor_inferred": "an editor concluded it",
        "machine": "a program proposed it",
    },
)
STATE = ClosedSet(
    "review state",
    {
        "suggested": "a program proposed it and nobody has taken it up",
        "draft": "an editor is working on it",
        "submitted": "it waits for a reviewer",
        "approved": "a second person has checked it",
        "changes_requested": "a reviewer asked for changes",
        "rejected": "a reviewer turned it down",
        "withdrawn": "an editor deleted it",
    },
)
ANSWER_STATE = ClosedSet(
    "answer state",
    {
        "open": "at least one accused party has no denial, counter or acceptance on record",
        "answered": "each accused party has a denial, counter or acceptance on record",
    },
)
PARTY_ANSWER = ClosedSet(
    "party answer",
    {
        "none_on_record": "no reply by this party is recorded here; it may have replied elsewhere",
        "standing_position_only": "only an earlier or undated position is recorded",
        "partly_answered": "a reply is recorded, though not to each point of the claim",
        "answered": "a reply to the whole claim is recorded",
    },
)
REPLY_STATUS = ClosedSet(
    "reply status",
    {
        "sought": "the newsroom asked for a reply",
        "declined": "the party declined to comment",
        "no_reply_by_deadline": "the party was asked and had not replied by the deadline",
        "unreachable": "the party could not be reached",
        "reported_no_response": "an article says that the party has not responded",
    },
)
PARTY_REPLY_STATUS = ClosedSet(
    "party reply status",
    {
        "not_sought": "no request for a reply, and no report of silence, is recorded here",
        **REPLY_STATUS.meanings,
    },
)
RELATION = ClosedSet(
    "relation",
    {
        "denies": "says that the claim is false",
        "disputes": "contests the claim without stating the opposite",
        "rebuts": "denies the claim and gives a reason or evidence",
        "undercuts": "attacks the claim's evidence, inference or motive",
        "counter_claims": "gives a rival account of the same event",
        "counter_accuses": "accuses the accuser of something else",
        "concedes": "accepts the claim",
        "partly_concedes": "accepts part of the claim",
        "justifies": "accepts the claim and defends what was done",
        "apologises": "accepts the claim and apologises",
        "corrects": "accepts the claim and corrects what was said or done",
        "supports": "backs the claim",
        "qualifies": "limits or adds to the claim",
        "comments": "speaks about the claim without taking a side",
        "queries": "asks about the claim",
        "demands": "asks for something to be done about the claim",
        "deflects": "turns to another subject",
        "standing_position": "an earlier or undated position that covers the claim",
    },
)
RELATION_GROUP = ClosedSet(
    "relation group",
    {
        "deny": "denies, disputes, rebuts, undercuts",
        "counter": "counter_claims, counter_accuses",
        "accept": "concedes, partly_concedes, justifies, apologises, corrects",
        "support": "supports",
        "neutral": "qualifies, comments, queries, demands, deflects",
        "prior": "standing_position",
    },
)
LINK_BASIS = ClosedSet(
    "link basis",
    {
        "explicit_marker": "the article says that it is a response",
        "anaphora": "the response refers back to the claim, as in “such claims”",
        "same_article": "both stand in the same article",
        "editor_inferred": "an editor concluded it; the texts do not refer to each other",
        "machine": "a program proposed it",
    },
)
SCOPE = ClosedSet(
    "scope",
    {
        "whole": "all of it is said again",
        "part": "part of it is said again",
    },
)
ROW_KIND = ClosedSet(
    "kind of row",
    {
        "response": "a claim and one response to it",
        "open_claim": "an open claim to which no response is on record",
    },
)

"""Words that report speech, with the act each one names, and the words that tell more of a form.

Verbs are listed once by their base form; `_inflected` spells the rest, British and American.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

ASSERTION = "assertion"


def listed(words: str) -> frozenset[str]:
    """The set of words written with spaces between them; "_" joins the words of a phrase."""
    return frozenset(words.split())


# A verb that doubles its last letter carries ! ; one that is a noun too in its base and -s forms
# carries * and counts only where the sentence uses it as a verb.
_VERBS = {
    "assertion": """say:said tell:told state* add claim* assert stress emphasise explain remark*
        note* report* declare announce mention observe reference* refer! write:wrote:written
        tweet* comment* maintain insist contend reiterate repeat affirm reaffirm confirm
        underline underscore highlight point_out reveal recall clarify describe acknowledge
        concede admit! reply respond* answer* testify elaborate continue go_on:went_on:gone_on
        make_clear:made_clear conclude indicate inform allude narrate recount quip!
        apologise
        express_concern express_concerns disclose stipulate agree signal!""",
    "accusation": """accuse allege blame* criticise condemn denounce charge_that slam! blast_back
        rebuke lambast decry censure hit_out:hit_out lash_out hit_back:hit_back fault
        reiterate_criticism repeat_criticism voice_criticism level_criticism implicate
        point_the_finger complain lament deplore reproach castigate excoriate""",
    "denial": """deny dismiss reject refute rebut! dispute* disavow repudiate contradict disown
        rubbish brush_off pour_scorn debunk""",
    "opinion": """argue believe:believed suggest think:thought feel:felt opine predict estimate
        consider reckon speculate caution warn fear* hope* expect suspect deem praise welcome
        applaud laud voice_concern voice_concerns assess judge regard view_as surmise""",
    "demand": """demand* urge call_for call_on call_upon appeal_for appeal_to request* insist_on
        press_for order_that seek:sought implore ask_for exhort plead_for""",
    "pledge": """promise* pledge* vow* swear:swore:sworn commit_to guarantee* undertake_to
        assure threaten""",
    "question": """ask question* wonder enquire inquire query* raise_questions""",
    "refusal": """refuse decline rule_out turn_down rebuff""",
}
_ATTITUDES = """aim_to intend_to plan_to seek_to:sought_to hope_to want_to wish_to oppose
    support* favour favor back_the prefer! aspire_to"""
_PHRASES = {
    "in_the_words_of": "assertion",
    "is_quoted_as_saying": "assertion",
    "was_quoted_as_saying": "assertion",
    "were_quoted_as_saying": "assertion",
    "in_the_view_of": "opinion",
    "in_the_opinion_of": "opinion",
}
# Whose words they are follows these; where it is a medium, it passes words on (a via).
_SOURCE_FOLLOWS = """according_to as_reported_by as_stated_by as_claimed_by as_told_by as_said_by
    reported_by in_the_words_of in_the_view_of in_the_opinion_of"""
# Acts named with little content, unless a that-clause tells it.
_ACTS_NAMED = """criticise condemn denounce slam! rebuke lambast decry censure castigate dismiss
    reject refute rebut! deny dispute* disavow repudiate praise welcome applaud laud deplore
    reiterate_criticism repeat_criticism voice_criticism level_criticism brush_off rubbish"""

ITERATED = listed("consistently repeatedly always long routinely frequently often")
ADVERBS = ITERATED | listed(
    """also later then again further previously once earlier reportedly never not now just already
    still even only all"""
)
AUXILIARIES = listed(
    """has have had is are was were been being be will would did does do could may might"""
)
NEGATIONS = frozenset(["not", "never"])

# Plain words ("said") leave the act open; then what is said may tell. First match decides.
# Chosen with the seeds in view, where most acts rest on them: widen them as articles come in.
CONTENT_ACTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "denial": listed(
            """baseless unfounded groundless false untrue inaccurate fabricated fabrications
            excuses no_truth nothing_to_do_with not_true no_involvement never_happened
            no_evidence"""
        ),
        "pledge": listed(
            """will_not_be_used will_not_allow will_not_be_allowed will_not_permit will_never
            we_will i_will committed_to"""
        ),
        "opinion": listed(
            """appear_to appears_to seem_to seems_to indicate indicates harmful need_for weakness
            essential important dangerous likely unlikely i_think we_believe"""
        ),
        "accusation": listed(
            """attack attacks attacking terrorist terrorists terrorism militant militants
            infiltrate infiltrating sabotage orchestrate orchestrates orchestrated destabilise
            destabilising destabilize destabilizing violated violating violations lied corrupt
            corruption guilty blame betrayed killed stole"""
        ),
        "demand": listed("must should ought_to has_to have_to"),
    }
)
STANCES = listed(
    """is_unacceptable_to are_unacceptable_to is_not_acceptable_to are_not_acceptable_to
    is_intolerable_to"""
)
CRITICS = listed("expert analyst commentator observer scholar academic pundit")


def _inflected(entry: str) -> Iterator[str]:
    """Every form of an entry such as "say:said", "admit!", "call_for", in both spellings."""
    base, *irregular = entry.rstrip("*!").split(":")
    verb, _, rest = base.partition("_")
    tail = f"_{rest}" if rest else ""
    spellings = {verb, verb[:-3] + "ize"} if verb.endswith("ise") and len(verb) > 5 else {verb}
    for spelling in spellings - {"promize"}:
        stem = spelling.removesuffix("e") if not spelling.endswith("ee") else spelling
        doubled = [stem, stem + stem[-1]] if entry.endswith("!") else [stem]
        consonant_y = stem.endswith("y") and stem[-2:-1] not in "aeiou"
        yield spelling + tail
        yield (_with_s(spelling) if not consonant_y else stem[:-1] + "ies") + tail
        yield from (f"{each}ing{tail}" for each in doubled)
        if not irregular:
            past = [stem[:-1] + "i"] if consonant_y else doubled
            past = [stem[:-1]] if stem.endswith("ee") else past
            yield from (f"{each}ed{tail}" for each in past)
    yield from irregular


def _with_s(verb: str) -> str:
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "go")) else "s")


def _nouns(entry: str) -> set[str]:
    base = entry.partition(":")[0].rstrip("*!")
    return {base, _with_s(base), base.removesuffix("y") + "ies"}


def _forms(entries: str) -> set[str]:
    return {form for entry in entries.split() for form in _inflected(entry)}


def _lexicon() -> dict[str, str]:
    acts = dict.fromkeys(_forms(_ATTITUDES), ASSERTION) | _PHRASES
    acts |= {form: ASSERTION for form in _SOURCE_FOLLOWS.split() if form not in acts}
    for act, verbs in _VERBS.items():
        acts |= {form: act for form in _forms(verbs) if form not in acts}
    return acts


# Each maps words joined by "_", casefolded.
ACT_OF: Mapping[str, str] = MappingProxyType(_lexicon())
ATTITUDES = frozenset(_forms(_ATTITUDES))
ACTS_NAMED = frozenset(_forms(_ACTS_NAMED))
SOURCE_FOLLOWS = frozenset(_SOURCE_FOLLOWS.split())
ALSO_NOUNS = frozenset(
    noun
    for entries in (*_VERBS.values(), _ATTITUDES)
    for entry in entries.split()
    if entry.endswith("*")
    for noun in _nouns(entry)
)
LONGEST = max(form.count("_") + 1 for form in ACT_OF)
# A verb of many uses reports speech only with one of these soon after it.
RAISED = frozenset(["raise", "raises", "raised", "raising"])
RAISED_WHAT = listed("concern concerns issue issues alarm doubt doubts objection objections fears")
# “Called it “reckless””: reports speech only with a quotation soon after it.
NAMES_AS = listed(
    """call calls called calling label labels labelled labeled dub dubs dubbed brand brands
    branded"""
)

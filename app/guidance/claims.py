"""Finds wording the shop may never publish, in any guide, product text, review highlight or email."""

import re
from dataclasses import dataclass

_NAMES = r"(?-i:NICE|WHO|NHS|FDA|ACP|Cochrane)"
_BODY = (
    r"(?:pain|aches?|backs?|spines?|spinal|postures?|dis[ck]s?|muscles?|tissues?|nerves?|joints?"
    r"|injur\w+|damage|body)"
)
_DISEASE = (
    r"(?:arthritis|sciatica|scoliosis|(?:bulging|herniated)\s+dis[ck]s?|dis[ck]\s+bulges?|spinal\s+stenosis)"
)

# Only these words may stand between a denial and the claim it denies, so that
# "does not cure" passes while "does not just ease pain, it cures it" is caught.
_DENIED = re.compile(
    r"(?:\b(?:does|do|did|is|are|was|were|can|will|has|have)(?:\s+not|n['\u2019]t)|\b(?:cannot|can['\u2019]t|won['\u2019]t|never|not)"
    r"|\bno\s+(?:product|belt|brace|strap|tool)s?(?:\s+(?:is|are|has|have|can|will))?)"
    r"(?:\s+(?:been|be|shown|known|to|for|ever|yet|fully|clinically))*\s+$"
    r"|\bno\s+(?:good\s+|clear\s+)?(?:evidence|proof)\s+that\s+(?:[\w'\u2019-]+\s+){0,4}$",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|unless|until|why)\b", re.IGNORECASE)
_CLAUSE_BREAK = re.compile(r"[.!?;:,()|]|\n\s*(?:\n|[-*#>])")


@dataclass(frozen=True)
class BannedClaim:
    """Words found in a text that may not be published, and what to write instead."""

    words: str
    position: int
    advice: str


@dataclass(frozen=True)
class _Rule:
    pattern: re.Pattern[str]
    advice: str
    may_be_denied: bool


def _rule(pattern: str, advice: str, *, may_be_denied: bool = True) -> _Rule:
    return _Rule(re.compile(pattern, re.IGNORECASE), advice, may_be_denied)


_SOFTEN = 'Write "may ease", "may help you feel" or "used for".'
_STUDIES = "Say in one line what the studies found, with the grade."
_FEEL = "Describe how it feels and how it is used."
_KIND = "Name the pain, without blame or a picture of damage."
_WHO_SHOULD_NOT = "Say who should not use it and who should ask first."
_NO_BADGE = "Leave it out. Put a device class the supplier has shown in the details table."

_RULES = (
    _rule(r"\b(?:cures?|cured|curing|heals?|healed|healing)\b", _SOFTEN),
    _rule(rf"\b(?:treat(?:s|ing)?)\s+(?:[\w'\u2019-]+\s+){{0,3}}?(?:{_BODY}|{_DISEASE})\b", _SOFTEN),
    _rule(
        rf"\b(?:fix(?:es|ed|ing)?|repair(?:s|ed|ing)?|correct(?:s|ed|ing)?|revers(?:e|es|ed|ing))\s+"
        rf"(?:[\w'\u2019-]+\s+){{0,3}}?{_BODY}\b",
        _SOFTEN,
    ),
    _rule(
        rf"\bwill\s+(?:ease|relieve|reduce|stop|end|soothe)\s+(?:[\w'\u2019-]+\s+){{0,3}}?{_BODY}\b",
        'Write "probably helps", "may help" or "we do not know". Never "will" for a health effect.',
    ),
    _rule(r"\b(?:clinically\s+|scientifically\s+)?proven\b", _STUDIES),
    _rule(r"\bguaranteed\b|\bguarantees?\s+(?:relief|results|comfort)\b", _STUDIES),
    _rule(r"\bworks\s+every\s+time\b|\brisk[- ]free\b|\bmiracle\b", _STUDIES),
    _rule(
        r"\b(?:instant|permanent)(?:ly)?\s+(?:[\w'\u2019-]+\s+)?(?:relief|results?|relieves?|eases?|comfort)\b",
        _STUDIES,
    ),
    _rule(
        r"\bprevent(?:s|ed|ing)?\s+(?:[\w'\u2019-]+\s+){0,3}?(?:pain|injur\w+|strains?)\b",
        "Only exercise with education lowers the chance of a new episode. No product does.",
    ),
    _rule(
        r"\b(?:doctor|physician|therapist|clinician|chiropractor)[- ](?:recommended|approved)\b"
        r"|\brecommended\s+by\s+(?:doctors|physicians|(?:physical\s+)?therapists|clinicians)\b"
        r"|\bmedical[- ]grade\b",
        "Leave it out, unless a named, dated source can be checked.",
        may_be_denied=False,
    ),
    _rule(
        r"\b(?:FDA|CE|MHRA)[- ](?:approved|registered|cleared|certified)\b",
        _NO_BADGE,
        may_be_denied=False,
    ),
    _rule(
        rf"\b(?:approved|endorsed|backed|recommended)\s+by\s+(?:the\s+)?{_NAMES}\b"
        rf"|\b{_NAMES}[- ](?:approved|endorsed|backed)\b",
        'Write "NICE says..." with the source, and use no logo.',
        may_be_denied=False,
    ),
    _rule(
        r"\breplaces?\s+(?:(?:your|a|the|any)\s+)?(?:doctor|therap\w+|medicines?|medications?|physical\s+therap\w+)\b"
        r"|\blets?\s+you\s+stop\s+(?:taking\b|your\b|medicine)",
        "Say it can be used alongside care.",
    ),
    _rule(
        rf"\b(?:for|relieves?|eases?|helps?(?:\s+with)?)\s+(?:your\s+|people\s+with\s+)?{_DISEASE}\b",
        "Name a body area or an activity, not a disease.",
    ),
    _rule(
        r"\b(?:cuts?|reduces?|lowers?|fights?|eases?)\s+inflammation\b|\bflush(?:es)?\s+(?:out\s+)?toxins\b",
        _FEEL,
    ),
    _rule(
        r"\bbreak(?:s|ing)?\s+(?:up|down)\s+(?:[\w'\u2019-]+\s+)?(?:scar\s+tissue|knots|adhesions)\b", _FEEL
    ),
    _rule(r"\breleas(?:e|es|ing)\s+(?:(?:the|your|tight)\s+)*fascia\b", _FEEL),
    _rule(r"\b(?:improv(?:e|es|ed|ing)|perfects?|straightens?)\s+(?:[\w'\u2019-]+\s+)?posture\b", _FEEL),
    _rule(r"\b(?:re)?align(?:s|ing)?\s+(?:(?:the|your)\s+)?(?:spine|back|hips|pelvis)\b", _FEEL),
    _rule(r"\b(?:boost|increase|improve)s?\s+(?:[\w'\u2019-]+\s+)?(?:circulation|blood\s+flow)\b", _FEEL),
    _rule(
        r"(?<!may be )(?<!or )(?<!and )(?<!/)\b(?:FSA|HSA)(?:\s*(?:/|or|and)\s*(?:FSA|HSA))?[- ]eligible\b"
        r"|\bbuy\s+(?:this|it)\s+tax[- ]free\b",
        'Write "May be eligible. Check with your plan."',
        may_be_denied=False,
    ),
    _rule(
        r"\bgrade(?:d)?\s+(?-i:A)\b|\brated\s+(?-i:A)\b|\b(?-i:A)(?:[- ](?:grade|rated|badge))\b"
        r"|\btop[- ]graded\b",
        "Put the grade in words, next to the activity that was studied.",
        may_be_denied=False,
    ),
    _rule(r"\bsafe\s+for\s+every(?:one|body)\b|\b(?:totally|completely|perfectly)\s+safe\b", _WHO_SHOULD_NOT),
    _rule(r"\b(?:no|without|free\s+of)\s+side[- ]effects\b", _WHO_SHOULD_NOT, may_be_denied=False),
    _rule(
        r"\bslipped\s+(?:dis[ck]s?|vertebra\w*)\b|\bout\s+of\s+place\b|\bcrumbl(?:es?|ing)\b|\bdegenerat\w+"
        r"|\bworn[- ]out\s+(?:back|spine|dis[ck]|joint)\w*|\bweak\s+core\b|\b(?:bad|poor)\s+posture\b",
        _KIND,
        may_be_denied=False,
    ),
    _rule(r"!(?!\[)", "End the sentence with a period.", may_be_denied=False),
    _rule(r"\bclick\s+here\b", "Say where the link goes.", may_be_denied=False),
)


def find_banned_claims(text: str) -> list[BannedClaim]:
    """Lists every banned claim in a text, in reading order; a plain denial such as "does not cure" passes."""
    found = [
        BannedClaim(match.group(), match.start(), rule.advice)
        for rule in _RULES
        for match in rule.pattern.finditer(text)
        if not (rule.may_be_denied and _is_denied(text[: match.start()]))
    ]
    return sorted(found, key=lambda claim: claim.position)


def _is_denied(text_before: str) -> bool:
    clause = _CLAUSE_BREAK.split(text_before)[-1]
    return _CONDITION.search(clause) is None and _DENIED.search(clause) is not None

"""The wording that the shop may never publish, row by row of its never-list, and what to write instead."""

import re
from dataclasses import dataclass

_NAMES = r"(?-i:NICE|WHO|NHS|FDA|ACP|Cochrane)"
_BODY = (
    r"(?:pain|aches?|backs?|spines?|spinal|postures?|dis[ck]s?|muscles?|tissues?|nerves?|joints?"
    r"|injur\w+|damage|body)"
)
_DISEASE = (
    r"(?:(?:osteo)?arthritis|sciatica|scoliosis|(?:bulging|herniated)\s+dis[ck]s?"
    r"|dis[ck]\s+(?:bulges?|herniations?)"
    r"|(?:spinal\s+)?stenosis|spondylo\w+|fibromyalgia|(?:pinched|trapped)\s+nerves?)"
)
_FEW = r"(?:[\w'\u2019-]+\s+){0,3}?"
_CLINICIANS = (
    r"(?:doctors?|physicians?|(?:physical\s+|physio)?therapists?|clinicians?|chiropractors?"
    r"|surgeons?|physios?)"
)
_GOODS = (
    r"(?:this|our|these|the)\s+(?:[\w-]+\s+)?(?:belts?|braces?|bands?|rollers?|wraps?|packs?|straps?"
    r"|products?|shop)"
)


@dataclass(frozen=True)
class Rule:
    """One kind of wording; where it may be denied, "does not cure" passes."""

    pattern: re.Pattern[str]
    advice: str
    may_be_denied: bool


def _rule(*patterns: str, advice: str, may_be_denied: bool = True) -> Rule:
    return Rule(re.compile("|".join(patterns), re.IGNORECASE), advice, may_be_denied)


_SOFTEN = 'Write "may ease", "may help you feel" or "used for".'
_STUDIES = "Say in one line what the studies found, with the grade."
_FEEL = "Describe how it feels and how it is used."
_KIND = "Name the pain, without blame or a picture of damage."
_WHO_SHOULD_NOT = "Say who should not use it and who should ask first."
_NO_BADGE = "Leave it out. Put a device class the supplier has shown in the details table."

RULES = (
    # Cures, heals, treats, fixes, repairs, corrects, reverses
    _rule(
        r"\b(?:cures?|cured|curing|curative|heals?|healed|healing|remed(?:y|ies))\b",
        rf"\b(?:treat(?:s|ing)?|(?:a|our|best|natural|effective)\s+treatment\s+for)\s+{_FEW}(?:{_BODY}"
        rf"|{_DISEASE})\b",
        rf"\b(?:fix(?:es|ed|ing)?|repair(?:s|ed|ing)?|correct(?:s|ed|ing)?|revers(?:e|es|ed|ing)"
        rf"|restor(?:e|es|ed|ing)|rebuild(?:s|ing)?|undo(?:es|ing)?)\s+{_FEW}{_BODY}\b",
        rf"\b(?:repair|correction|reversal)\s+of\s+{_FEW}{_BODY}\b|\bquick\s+fix(?:es)?\b",
        r"\bpostur(?:e|al)[- ]correct\w+|\b(?:get|gets|getting)\s+rid\s+of\s+(?:[\w-]+\s+)?pain\b",
        r"\b(?:ends?|eliminat(?:e|es|ing)|erases?|banish(?:es)?"
        r"|kills?)\s+(?:[\w-]+\s+){0,2}?(?:back\s+)?(?:pain|aches?)\b",
        advice=_SOFTEN,
    ),
    _rule(
        rf"\bwill\s+(?:ease|relieve|reduce|stop|end|soothe|loosen|strengthen|help)\s+{_FEW}{_BODY}\b",
        r"\b(?:stops?|stopping)\s+(?:(?:your|back|the|chronic)\s+)*pain\b",
        advice='Write "probably helps", "may help" or "we do not know". Never "will" for a health effect.',
    ),
    # Guaranteed, proven, works every time, instant, permanent, risk-free
    _rule(
        r"\b(?:clinically\s+|scientifically\s+)?proven\b|\bproves?\s+(?:to|that)\b",
        r"\bguaranteed\b|\bguarantees?\s+(?:relief|results|comfort)\b|\bwe\s+guarantee\b",
        r"\bworks\s+(?:every\s+time|for\s+everyone|instantly|like\s+magic)\b|\bnever\s+fails\b",
        r"\brisk[- ]free\b|\b(?:no|zero|without)\s+risks?\b(?!\s+factor)|\bmiracle\b|\bmagic(?:al)?\b",
        r"\b(?:instant|permanent)(?:ly)?\s+(?:[\w'\u2019-]+\s+)?(?:relief|results?|relieves?|eases?"
        r"|comfort|removes?|ends?)\b",
        r"\b(?:relief|results?)\s+(?:with)?in\s+(?:seconds|minutes|days)\b|\bpain[- ]free\s+(?:in|within"
        r"|for)\b",
        r"\b(?:100|one\s+hundred)\s*(?:%|percent)\s*(?:effective|safe)\b",
        advice=_STUDIES,
    ),
    # Prevents back pain or injury
    _rule(
        rf"\bprevent(?:s|ed|ing)?\s+{_FEW}(?:pain|injur\w+|strains?)\b",
        r"\bprevention\s+of\s+(?:[\w-]+\s+){0,2}?(?:pain|injur\w+)\b|\b(?:pain|injury)[- ]prevent(?:ion"
        r"|ing|er)\b",
        r"\bprotect(?:s|ed|ing)?\s+(?:(?:your|the|a)\s+)(?:[\w-]+\s+){0,2}?(?:backs?|spines?|dis[ck]s?"
        r"|joints?)\b",
        r"\b(?:wards?|warding)\s+off\s+(?:[\w-]+\s+)?(?:pain|injur\w+)\b|\bkeep(?:s"
        r"|ing)?\s+(?:back\s+)?pain\s+away\b",
        r"\b(?:guards?|guarding|protects?|protecting|protection)\s+against\s+(?:[\w-]+\s+)?(?:pain"
        r"|injur\w+|strains?)\b",
        advice="Only exercise with education lowers the chance of a new episode. No product does.",
    ),
    # Doctor recommended, clinically proven, medical grade
    _rule(
        rf"\b{_CLINICIANS}[- ](?:recommended|approved|endorsed|designed|trusted|tested)\b",
        rf"\b(?:recommended|approved|endorsed|trusted|used|designed)\s+by\s+(?:[\w-]+\s+)?{_CLINICIANS}\b",
        rf"\b{_CLINICIANS}\s+(?:recommend|trust|love|swear\s+by)\s+{_GOODS}\b",
        r"\b(?:medical|clinical|hospital|professional|therapeutic)[- ](?:grade|strength)\b",
        r"\b(?:clinically|medically|dermatologically|laboratory)[- ](?:tested|approved|validated)\b",
        advice="Leave it out, unless a named, dated source can be checked.",
        may_be_denied=False,
    ),
    # FDA approved, FDA registered, CE approved
    _rule(
        r"\b(?:FDA|(?-i:CE)|MHRA|UKCA)[- ](?:approved|registered|cleared|certified|listed|marked"
        r"|compliant|approval"
        r"|clearance|registration)\b",
        r"\b(?:registered\s+with|cleared\s+by|listed\s+with)\s+(?:the\s+)?(?-i:FDA|MHRA)\b",
        advice=_NO_BADGE,
        may_be_denied=False,
    ),
    # Replaces a doctor, therapy or medicine
    _rule(
        r"\b(?:replac(?:es?|ing)|replacement\s+for|substitutes?\s+for|alternatives?\s+to)\s+(?:(?:your|a"
        r"|the|any)\s+)?"
        r"(?:doctor|therap\w+|medicines?|medications?|physical\s+therap\w+|surgery|pills|painkillers)\b",
        r"\blets?\s+you\s+stop\s+(?:taking\b|your\b|medicine)|\b(?:ditch|skip|throw\s+away)\s+(?:your|the)\s+"
        r"(?:doctor|pills|painkillers|medicines?|appointment)\b",
        r"\b(?:no\s+need\s+for|without(?:\s+the\s+need\s+for)?|instead\s+of)\s+(?:a\s+|your\s+|any\s+)?"
        r"(?:doctors?|pills|painkillers|drugs|medication|surgery)\b|\bdrug[- ]free\b",
        advice="Say it can be used alongside care.",
    ),
    # Is for a named disease
    _rule(
        rf"\b(?:for|relieves?|relieving|eases?|easing|helps?(?:\s+with)?|helping|soothes?)\s+"
        rf"(?:your\s+|people\s+with\s+|those\s+with\s+|mild\s+|the\s+)*{_DISEASE}\b",
        rf"\b{_DISEASE}[- ](?:relief|belts?|braces?|bands?|rollers?|wraps?|packs?|straps?|cushions?"
        rf"|support|friendly)\b",
        advice="Name a body area or an activity, not a disease.",
    ),
    # Cuts inflammation, flushes toxins, breaks up scar tissue, releases fascia, improves posture ...
    _rule(
        r"\b(?:cut|reduc|lower|fight|eas|calm|decreas|tam)(?:s|es|e|ing|ting)?\s+(?:the\s+"
        r"|your\s+)?(?:inflammation|swelling)\b",
        r"\banti-?inflammatory\s+(?:effects?|action|wraps?|packs?|rollers?|relief|properties)\b",
        r"\b(?:flush|remov|clear|draw)(?:s|es|e|ing)?\s+(?:out\s+|away\s+)?(?:the\s+)?toxins\b"
        r"|\bdetox(?:es|ify|ifies|ifying|ing)?\b",
        r"\bbreak(?:s|ing)?\s+(?:up|down)\s+(?:[\w'\u2019-]+\s+)?(?:scar\s+tissue|knots|adhesions)\b",
        r"\b(?:dissolv|remov)(?:es?|ing)\s+(?:[\w-]+\s+)?(?:scar\s+tissue|knots|adhesions)\b",
        r"\breleas(?:e|es|ing)\s+(?:(?:the|your|tight)\s+)*fascia\b|\bfascia\s+releas\w+",
        r"\b(?:improv(?:e|es|ed|ing)|perfects?|perfecting|straightens?"
        r"|straightening)\s+(?:[\w'\u2019-]+\s+)?posture\b",
        r"\b(?:better|perfect)\s+posture\b",
        r"\b(?:re)?align(?:s|ed|ing)?\s+(?:(?:the|your)\s+)?(?:spine|back|hips|pelvis|vertebrae)\b"
        r"|\bspinal\s+alignment\b"
        r"|\balignment\s+of\s+(?:the|your)\s+spine\b|\bdecompress(?:es|ing)?\s+(?:(?:the"
        r"|your)\s+)?(?:spine|dis[ck]s?|back)\b",
        r"\b(?:boost|increas|improv|stimulat)(?:es?|s|ing)?\s+(?:[\w'\u2019-]+\s+)?(?:circulation"
        r"|blood\s+flow)\b",
        r"\bcirculation[- ]boost\w*|\b(?:speeds?|speeding)\s+(?:up\s+)?(?:your\s+)?(?:recovery|healing)\b",
        advice=_FEEL,
    ),
    # Is endorsed by NICE, WHO, NHS, FDA, ACP or Cochrane
    _rule(
        rf"\b(?:approved|endorsed|backed|recommended|certified|accredited"
        rf"|trusted)\s+by\s+(?:the\s+)?{_NAMES}\b",
        rf"\b{_NAMES}[- ](?:approved|endorsed|backed|recommended|certified|accredited)\b",
        rf"\b{_NAMES}\s+(?:recommends?|endorses?|backs?|approves?|trusts?)\s+{_GOODS}\b",
        rf"\b(?:meets|to)\s+{_NAMES}\s+standards\b",
        advice='Write "NICE says..." with the source, and use no logo.',
        may_be_denied=False,
    ),
    # FSA or HSA eligible, on its own
    _rule(
        r"(?<!may be )(?<!or )(?<!and )(?<!/)\b(?:FSA|HSA)(?:\s*(?:/|or|and)\s*(?:FSA|HSA))?[- ]"
        r"(?:eligible|approved|covered|accepted|qualified)\b",
        r"\bbuy\s+(?:this|it)\s+tax[- ]free\b|\beligible\s+for\s+(?:your\s+)?(?:FSA|HSA)\b",
        r"\b(?:get|ask\s+for)\s+a\s+letter\s+(?:of\s+medical\s+necessity\s+)?(?:and|to)\s+(?:buy|pay"
        r"|use)\b|\bpre-?tax\s+(?:money|dollars)\b",
        advice='Write "May be eligible. Check with your plan."',
        may_be_denied=False,
    ),
    # Grade A, rated A, A badge, top graded
    _rule(
        r"\bgraded?(?:\s+(?:of|as|is)(?:\s+an)?|:)?\s+(?-i:A)\b",
        r"\brated\s+(?:as\s+)?(?:an\s+)?(?-i:A)\b",
        r"(?:\b(?-i:A)-|(?<=\w )(?-i:A)\s)(?:grade|graded|rated|badge|rating)\b|\b(?-i:A)\+",
        r"\ban\s+(?-i:A)\s+(?:for|grade|badge|rating)\b",
        r"\b(?:top|highest|best)[- ](?:graded?|grades|evidence)\b",
        advice="Put the grade in words, next to the activity that was studied.",
        may_be_denied=False,
    ),
    # Safe for everyone, totally safe, no side effects
    _rule(
        r"\bsafe\s+for\s+(?:every(?:one|body)|any(?:one|body)|all)\b|\b(?:suits"
        r"|suitable\s+for)\s+every(?:one|body)\b",
        r"\b(?:totally|completely|perfectly|absolutely|entirely|always)\s+(?:safe|harmless)\b",
        r"\banyone\s+can\s+(?:safely\s+)?use\b|\bcannot\s+(?:hurt|harm)\s+you\b",
        advice=_WHO_SHOULD_NOT,
    ),
    _rule(
        r"\b(?:no|zero|without|free\s+of|free\s+from)\s+(?:any\s+|known\s+)?side[- ]effects?\b"
        r"|\bside[- ]effect[- ]free\b",
        advice=_WHO_SHOULD_NOT,
        may_be_denied=False,
    ),
    # Fake urgency, pictures of before and after
    _rule(
        r"\b(?:hurry|act\s+now|buy\s+now)\b(?=[^a-z]|\s+(?:while|before|and))|\bwhile\s+(?:stocks?"
        r"|supplies)\s+lasts?\b"
        r"|\b(?:selling|going)\s+fast\b|\blast\s+chance\b|\bonly\s+\d+\s+left\b|\blimited[- ]time\b",
        r"\bbefore[- ](?:and|&)[- ]after\s+(?:photo|picture|image|shot)s?\b",
        advice="Leave it out. Nobody is hurried here, and no story is a proof.",
    ),
    # Words that blame or scare, and the house style
    _rule(
        r"\bslipped\s+(?:dis[ck]s?|vertebra\w*)\b|\bout\s+of\s+place\b|\bcrumbl(?:es?|ing)\b|\bdegenerat\w+",
        r"\bworn[- ]out\s+(?:back|spine|dis[ck]|joint)\w*|\bweak\s+core\b|\b(?:bad|poor)\s+posture\b",
        advice=_KIND,
        may_be_denied=False,
    ),
    _rule(r"!(?!\[)", advice="End the sentence with a period.", may_be_denied=False),
    _rule(r"\bclick\s+here\b", advice="Say where the link goes.", may_be_denied=False),
)

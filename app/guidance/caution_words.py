"""Cautions put in words: rules under what to do, the strictest first, whatever they are read from."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from app.guidance.caution_models import Caution, CautionAction, CautionVersion

_WORDS = {
    CautionAction.DO_NOT_USE: "Do not use it",
    CautionAction.ASK_FIRST: "Ask first",
    CautionAction.TAKE_CARE: "Take care",
}


@dataclass(frozen=True)
class Rule:
    """One circumstance and what to do in it; `about` is the title of its caution."""

    about: str
    action: CautionAction
    circumstance: str
    text: str

    @property
    def heading(self) -> str:
        """The circumstance as a line of its own."""
        return self.circumstance[:1].upper() + self.circumstance[1:]


@dataclass(frozen=True)
class RuleGroup:
    """All rules that say the same to do, under its words."""

    action: CautionAction
    words: str
    rules: list[Rule]

    @property
    def parts(self) -> list[tuple[str, list[Rule]]]:
        """The rules by caution, each under its title."""
        return [(about, list(rules)) for about, rules in groupby(self.rules, key=lambda rule: rule.about)]


def rules_of(caution: Caution) -> list[Rule]:
    """Return the rules of a caution as it stands."""
    return [Rule(caution.title, rule.action, rule.circumstance, rule.text) for rule in caution.rules]


def rules_of_version(version: CautionVersion) -> list[Rule]:
    """Return the rules of a caution as it stood."""
    return [
        Rule(version.title, CautionAction(rule["action"]), rule["circumstance"], rule["text"])
        for rule in version.rules
    ]


def group_rules(rules: Iterable[Rule]) -> list[RuleGroup]:
    """Put rules under what they say to do; a group without rules is left out."""
    kept = list(rules)
    groups = [
        RuleGroup(action, _WORDS[action], [rule for rule in kept if rule.action is action])
        for action in CautionAction
    ]
    return [group for group in groups if group.rules]


@dataclass(frozen=True)
class CautionNotice:
    """A caution in the words of one version, and the names of the goods that carry it."""

    version: CautionVersion
    goods: list[str]

    @property
    def groups(self) -> list[RuleGroup]:
        """All its rules, under what they say to do."""
        return group_rules(rules_of_version(self.version))


def list_notices(goods: Iterable[tuple[str, Iterable[CautionVersion]]]) -> list[CautionNotice]:
    """Name each caution of several goods once, in their order, with the goods that carry it."""
    notices: dict[int, CautionNotice] = {}
    for name, versions in goods:
        for version in versions:
            notice = notices.setdefault(version.id, CautionNotice(version, []))
            if name not in notice.goods:
                notice.goods.append(name)
    return sorted(notices.values(), key=lambda notice: notice.version.caution.position)

"""The fixed keys by which guides are described."""

from enum import StrEnum


class PageType(StrEnum):
    """What kind of help a guide gives."""

    PILLAR = "pillar"
    CHOOSE = "choose"
    HOW_TO = "how-to"
    CONDITION = "condition"
    SAFETY = "safety"
    PLAN = "plan"
    EXPLAIN = "explain"


BODY_AREAS = ("lower-back", "upper-back", "neck-shoulders", "hips-glutes", "pelvis", "legs", "whole-body")
PAIN_STAGES = ("acute", "subacute", "chronic", "any", "prevention")
GOALS = ("relieve", "loosen", "support", "strengthen")

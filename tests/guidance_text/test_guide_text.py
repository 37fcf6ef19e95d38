"""The words of the guides keep the shop's promises."""

import re
from typing import Any

from app.guidance.claims import find_banned_claims

from .guide_files import Guide, cards_of, read_guide_called, read_guides, read_warning_boxes, text_of

PATCH_LINE = (
    "Never use heat over or near a medicine patch, such as fentanyl. "
    "Heat can push too much medicine into your body. This can kill."
)
# Packs that are never warmed, and the cover of a pack.
COLD_ONLY = {"HC-CLY", "HC-FRB", "HC-FRC", "HC-SNC", "HC-STC"}
INTERNAL_LINK = re.compile(r"\]\(([^)]+)\)")
CATEGORIES = {"foam-rollers", "heat-cold", "back-braces", "stretching-aids"}


def test_a_guide_makes_no_banned_claim(guide: Guide) -> None:
    assert find_banned_claims(guide.published_text) == []


def test_a_warning_box_makes_no_banned_claim(warning_box: dict[str, Any]) -> None:
    assert find_banned_claims(text_of(warning_box)) == []


def test_a_guide_has_no_html_and_no_top_heading(guide: Guide) -> None:
    assert re.search(r"<[a-z/!]", guide.body) is None
    assert re.search(r"^# ", guide.body, re.MULTILINE) is None
    assert guide.body.startswith("## ")


def test_a_guide_links_only_to_guides_and_categories_that_exist(guide: Guide) -> None:
    known = {f"/guides/{other.slug}" for other in read_guides()}
    known |= {f"/categories/{category}" for category in CATEGORIES}
    assert set(INTERNAL_LINK.findall(guide.body + guide.front_matter["when_to_see_someone"])) <= known


def test_the_body_prints_no_decimals(guide: Guide) -> None:
    assert re.findall(r"\d\.\d", guide.body) == []


def test_the_warning_signs_page_sells_nothing() -> None:
    guide = read_guide_called("back-pain-warning-signs")
    assert guide.front_matter["products"] == []
    assert (
        re.findall(r"/categories|/products|/cart|[$£€]|\bbuy\b|\bprice\b|\bshop\b", guide.published_text)
        == []
    )


def test_the_warning_signs_page_prints_all_3_emergency_numbers() -> None:
    body = read_guide_called("back-pain-warning-signs").body
    assert all(number in body for number in ("911", "999", "112"))


def test_a_guide_that_shows_or_speaks_of_heat_packs_warns_about_medicine_patches(guide: Guide) -> None:
    shows_heat = any(code.startswith("HC-") and code not in COLD_ONLY for code in guide.product_codes)
    if shows_heat or guide.slug == "sciatica":
        assert PATCH_LINE in guide.body


def test_the_brace_guide_starts_with_the_advice_against_braces() -> None:
    body = read_guide_called("choosing-a-back-brace").body
    opening = body.split("\n\n")[1]
    lines = opening.splitlines()
    assert [name in line for name, line in zip(("NICE", "WHO", "Cochrane"), lines, strict=True)] == [True] * 3
    assert "do not offer" in lines[0]
    assert "prevent" in lines[2]


def test_the_lifting_guide_starts_with_the_advice_against_belts() -> None:
    body = read_guide_called("lifting-and-carrying").body
    lines = body.split("\n\n")[1].splitlines()
    assert "NIOSH" in lines[0]
    assert "does not recommend back belts" in lines[0]
    assert "Cochrane" in lines[1]
    assert "do not prevent back pain" in lines[1]


def test_the_pregnancy_guide_tells_the_reader_when_to_call_the_maternity_unit() -> None:
    assert read_guide_called("back-pain-in-pregnancy").front_matter["warning_box"] == "RF-PREG"
    boxes = read_warning_boxes()
    assert boxes["RF-PREG"]["extra"] == [boxes["RF-FULL"]["extra"][0]]
    assert "midwife or maternity unit now" in boxes["RF-PREG"]["extra"][0]["title"]


def test_every_warning_box_gives_all_3_emergency_numbers(warning_box: dict[str, Any]) -> None:
    assert warning_box["level"] == "emergency"
    assert "911 (999 UK, 112 EU)" in warning_box["title"]
    assert {card["level"] for card in cards_of(warning_box)} <= {"emergency", "urgent", "non-urgent"}
    assert all(card["intro"] and card["items"] for card in cards_of(warning_box))

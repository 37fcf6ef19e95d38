"""Every guide carries the parts its page is built from."""

from datetime import date, timedelta

import pytest

from .guide_files import Guide, read_guides, read_warning_boxes

PARTS = {
    "slug", "title", "question", "answer", "description", "page_type", "warning_box", "body_areas",
    "pain_stages", "goals", "position", "written_by", "reviewed_by", "last_reviewed", "published_on",
    "next_review", "evidence", "changes", "when_to_see_someone", "sources", "products",
}  # fmt: skip
PAGE_TYPES = {"pillar", "choose", "how-to", "condition", "safety", "plan", "explain"}
TAXONOMY = {
    "body_areas": {
        "lower-back",
        "upper-back",
        "neck-shoulders",
        "hips-glutes",
        "pelvis",
        "legs",
        "whole-body",
    },
    "pain_stages": {"acute", "subacute", "chronic", "any", "prevention"},
    "goals": {"relieve", "loosen", "support", "strengthen"},
}
SLUGS = {
    "acute-or-long-lasting-back-pain", "back-pain-in-pregnancy", "back-pain-myths", "back-pain-warning-signs",
    "choosing-a-back-brace", "desk-work-and-back-pain", "dry-needling-and-ims", "flare-up-plan",
    "foam-rolling-safely", "heat-or-cold", "lifting-and-carrying", "return-to-sport", "sciatica",
    "seeing-a-physical-therapist", "sleep-and-back-pain", "strengthening-your-back", "stretching-basics",
    "trigger-points-and-massage-tools",
}  # fmt: skip
ASK_FIRST = (
    "Always ask a licensed physical therapist or your doctor before you start something new, "
    "above all if you have a health condition."
)


def test_a_guide_has_every_part_and_no_other(guide: Guide) -> None:
    assert set(guide.front_matter) == PARTS


def test_the_slug_is_the_file_name(guide: Guide) -> None:
    assert guide.front_matter["slug"] == guide.slug


def test_the_description_fits_a_search_result(guide: Guide) -> None:
    assert 50 <= len(guide.front_matter["description"]) <= 155


def test_the_page_type_and_the_warning_box_are_known(guide: Guide) -> None:
    assert guide.front_matter["page_type"] in PAGE_TYPES
    assert guide.front_matter["warning_box"] in read_warning_boxes()


@pytest.mark.parametrize("axis", sorted(TAXONOMY))
def test_tags_come_from_the_taxonomy(guide: Guide, axis: str) -> None:
    assert set(guide.front_matter[axis]) <= TAXONOMY[axis]


def test_the_next_review_is_within_12_months(guide: Guide) -> None:
    published: date = guide.front_matter["published_on"]
    assert published < guide.front_matter["next_review"] <= published + timedelta(days=366)


def test_no_reviewer_is_named_without_a_date(guide: Guide) -> None:
    assert (guide.front_matter["reviewed_by"] is None) == (guide.front_matter["last_reviewed"] is None)


def test_the_reader_is_told_to_ask_a_therapist_or_doctor(guide: Guide) -> None:
    assert ASK_FIRST in guide.front_matter["when_to_see_someone"]
    assert "It is not medical advice." in guide.front_matter["when_to_see_someone"]


def test_changes_come_newest_first_and_begin_with_the_day_of_publication(guide: Guide) -> None:
    changes = guide.front_matter["changes"]
    days: list[date] = [change["date"] for change in changes]
    assert days == sorted(days, reverse=True)
    assert days[-1] == guide.front_matter["published_on"]
    assert all(set(change) == {"date", "note"} and change["note"].endswith(".") for change in changes)


def test_all_18_guides_are_there() -> None:
    assert {guide.slug for guide in read_guides()} == SLUGS


def test_guides_have_their_own_place_in_the_reading_order() -> None:
    positions = [guide.front_matter["position"] for guide in read_guides()]
    assert sorted(positions) == list(range(1, len(positions) + 1))

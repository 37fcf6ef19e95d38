"""The guides on sciatica, sleep and physical therapy keep the promises made for their readers."""

from .guide_files import read_guide_called, read_warning_boxes


def test_the_sciatica_guide_shows_no_roller_heat_cold_brace_or_back_arch() -> None:
    codes = read_guide_called("sciatica").product_codes
    assert codes
    assert [code for code in codes if code.startswith(("FR-", "HC-", "BR-", "ST-BO"))] == []


def test_the_sciatica_guide_gives_the_bad_news_first() -> None:
    guide = read_guide_called("sciatica")
    assert guide.front_matter["answer"].startswith("No product is shown to help")
    assert "no product is shown to help" in guide.body.split("\n\n")[1]


def test_the_sciatica_guide_calls_trouble_in_both_legs_an_emergency() -> None:
    guide = read_guide_called("sciatica")
    assert guide.front_matter["warning_box"] == "RF-LEG"
    assert "in both legs is an emergency" in guide.body


def test_the_sciatica_guide_tells_nobody_to_stop_a_prescribed_medicine() -> None:
    assert "Do not stop a prescribed medicine without advice" in read_guide_called("sciatica").body


def test_the_sleep_guide_shows_nothing_electric_and_nothing_filled_with_grain() -> None:
    codes = read_guide_called("sleep-and-back-pain").product_codes
    assert codes
    assert [code for code in codes if code.startswith(("HC-GL", "HC-BL", "HC-FLX"))] == []


def test_the_sleep_guide_asks_for_a_check_of_pain_that_is_worse_at_night() -> None:
    assert read_guide_called("sleep-and-back-pain").front_matter["warning_box"] == "RF-SLEEP"
    card = read_warning_boxes()["RF-SLEEP"]["extra"][0]
    assert card["level"] == "urgent"
    assert card["items"][:2] == ["is worse at night", "does not ease when you rest or change how you lie"]


def test_every_other_box_begins_with_the_short_one() -> None:
    boxes = read_warning_boxes()
    short = boxes.pop("RF-SHORT")
    del boxes["RF-FULL"]
    for name, box in boxes.items():
        assert {part: box[part] for part in short} == short, name
        assert box["extra"], name


def test_the_physical_therapy_guide_says_once_what_the_job_is_called_elsewhere() -> None:
    assert read_guide_called("seeing-a-physical-therapist").published_text.count("physiotherapist") == 1

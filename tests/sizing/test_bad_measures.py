"""What cannot be a measure is refused beside its field, and what was typed stays."""

import pytest
from flask.testing import FlaskClient

from tests.sizing.finder import ask, find
from tests.storefront.reader import Tags

BELT = "keelrow-light-lumbar-belt"
NUMBER = "We could not read this as a number."


@pytest.mark.parametrize(
    ("measure", "unit", "message"),
    [
        ("", "in", "Please enter what the tape says"),
        ("   ", "in", "Please enter what the tape says"),
        ("abc", "in", NUMBER),
        ("33.5.1", "cm", NUMBER),
        ("1e3", "cm", NUMBER),
        ("NaN", "cm", NUMBER),
        ("x" * 5000, "cm", NUMBER),
        ("9" * 40, "cm", NUMBER),
        ("-33", "in", "Please enter a number above zero."),
        ("0", "in", "Please enter a number above zero."),
        ("19.99", "cm", "19.99 cm (7.87 in) is too small for a person. Please measure once more."),
        ("250.01", "cm", "250.01 cm (98.42 in) is too large for a person. Please measure once more."),
        ("110", "in", "too large for a person. Please check the unit: did you mean centimeters?"),
        ("33 cm", "in", "You wrote centimeters here but chose inches below."),
        ('33"', "cm", "You wrote inches here but chose centimeters below."),
    ],
)
def test_a_bad_measure_is_refused_beside_its_field(
    shop_client: FlaskClient, measure: str, unit: str, message: str
) -> None:
    response = ask(shop_client, BELT, measure, unit)
    assert response.status_code == 422
    tags = Tags(response.text)
    (field,) = [tag for tag in tags.named("input") if tag["name"] == "measure"]
    assert field["value"] == measure
    assert field["aria-invalid"] == "true"
    assert "measure-error" in field["aria-describedby"].split()
    beside = response.text.split('id="measure-error"')[1].split("</p>")[0]
    assert message in beside
    assert [tag["value"] for tag in tags.named("input") if "checked" in tag] == [unit]
    assert "<title>Problem: " in response.text
    assert "data-fit" not in response.text


@pytest.mark.parametrize("unit", [None, "", "m", "IN", "in "])
def test_a_unit_is_never_guessed(shop_client: FlaskClient, unit: str | None) -> None:
    data = {"measure": "33"} if unit is None else {"measure": "33", "unit": unit}
    response = shop_client.post(f"/products/{BELT}/size", data=data)
    assert response.status_code == 422
    assert (
        "Please choose inches or centimeters." in response.text.split('id="unit-error"')[1].split("</p>")[0]
    )
    assert 'value="33"' in response.text


def test_an_empty_request_is_refused(shop_client: FlaskClient) -> None:
    response = shop_client.post(f"/products/{BELT}/size")
    assert response.status_code == 422
    assert "Please enter what the tape says" in response.text


def test_what_is_typed_is_not_run(shop_client: FlaskClient) -> None:
    page = ask(shop_client, BELT, '"><script>alert(1)</script>', "in").text
    assert "<script>alert" not in page


@pytest.mark.parametrize(("measure", "unit", "other"), [("34", "cm", "inches"), ("86", "in", "centimeters")])
def test_a_measure_that_fits_in_the_other_unit_asks_to_check_the_unit(
    shop_client: FlaskClient, measure: str, unit: str, other: str
) -> None:
    found = find(shop_client, BELT, measure, unit)
    assert found.size is None
    assert f"did you mean {other}?" in found.text


@pytest.mark.parametrize(("measure", "unit"), [("20", "cm"), ("250", "cm")])
def test_the_ends_of_what_a_body_can_measure_are_taken(
    shop_client: FlaskClient, measure: str, unit: str
) -> None:
    assert find(shop_client, BELT, measure, unit).size is None

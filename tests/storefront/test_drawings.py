"""What stands where a product has no picture."""

import pytest
from flask import Flask, render_template_string

MACRO = '{% from "macros/media.html" import product_picture %}'


@pytest.mark.parametrize(
    ("family", "alt"),
    [
        ("foam-rollers", "Drawing of a foam roller"),
        ("heat-cold", "Drawing of a heat pack"),
        ("back-braces", "Drawing of a back support"),
        ("stretching-aids", "Drawing of a stretching strap"),
        ("a-family-that-staff-added", "Drawing of a box"),
    ],
)
def test_a_product_without_a_picture_shows_the_drawing_of_its_family(
    shop_app: Flask, family: str, alt: str
) -> None:
    with shop_app.test_request_context("/"):
        html = render_template_string(MACRO + "{{ product_picture(none, family, '8rem') }}", family=family)
        source = html.split('src="')[1].split('"')[0]
    assert f'alt="{alt}"' in html
    drawing = shop_app.test_client().get(source)
    assert drawing.status_code == 200
    assert drawing.mimetype == "image/svg+xml"
    drawing.close()

"""The pages that are the same for everyone: what holds for all of them."""

import re

import pytest
from flask.testing import FlaskClient

from tests.storefront.reader import Tags, counted_statements, read

WARNING_SIGNS = "/guides/back-pain-warning-signs"
BRACE = "/products/keelrow-light-lumbar-belt"
ROLLER = "/products/drift-soft-foam-roller"
PAGES = (
    "/",
    "/products",
    "/products?sort=price-low&page=2",
    "/categories/foam-rollers",
    "/categories/back-braces",
    ROLLER,
    BRACE,
    f"{BRACE}/size",
    "/guides",
    "/guides/heat-or-cold",
    WARNING_SIGNS,
)


@pytest.mark.parametrize("address", PAGES)
def test_public_pages_set_no_cookie(shop_client: FlaskClient, address: str) -> None:
    assert "Set-Cookie" not in shop_client.get(address).headers


@pytest.mark.parametrize("address", PAGES)
def test_public_pages_are_the_same_for_someone_with_a_cart(shop_client: FlaskClient, address: str) -> None:
    before = read(shop_client, address)
    shop_client.post("/cart/items", data={"sku": "FR-DRF-45-GRY", "quantity": "2"})
    assert read(shop_client, address) == before


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_main_heading_a_title_and_a_description(
    shop_client: FlaskClient, address: str
) -> None:
    page = read(shop_client, address)
    tags = Tags(page)
    assert len(tags.named("h1")) == 1
    assert re.search(r"<title>[^<]{5,}</title>", page)
    assert any(meta.get("name") == "description" and meta["content"] for meta in tags.named("meta"))
    ids = [attributes["id"] for attributes in tags.having("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", PAGES)
def test_pages_hold_no_script_or_style_that_the_security_policy_refuses(
    shop_client: FlaskClient, address: str
) -> None:
    tags = Tags(read(shop_client, address))
    assert not tags.having("style")
    assert not tags.named("style")
    # A block of data is not run; everything else must come from a file.
    scripts = [script for script in tags.named("script") if script.get("type") != "application/ld+json"]
    assert all(script.get("src", "").startswith("/static/") for script in scripts)
    assert not [name for _, attributes in tags.found for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("address", PAGES)
def test_every_picture_has_words_and_a_size(shop_client: FlaskClient, address: str) -> None:
    for image in Tags(read(shop_client, address)).named("img"):
        assert "alt" in image
        assert image["width"].isdigit()
        assert image["height"].isdigit()


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_the_frame_leads_to_a_page(shop_client: FlaskClient, address: str) -> None:
    page = read(shop_client, address)
    frame = page[: page.index("<main")] + page[page.index("<footer") :]
    links = {link["href"] for link in Tags(frame).named("a") if link["href"].startswith("/")}
    assert all(shop_client.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize(
    "query",
    [
        "page=abc",
        "page=-1",
        "page=0",
        "page=99999999999999999999999",
        "page=9999",
        "sort=nonsense",
        "sort=",
        "sort=name&sort=price-low",
        "sort[]=name",
        "category=",
        "%ff=%fe",
        "sort=%F0%9F%92%A9&page=1.5",
    ],
)
@pytest.mark.parametrize("path", ["/products", "/categories/foam-rollers", "/", "/guides", ROLLER])
def test_bad_query_parameters_never_break_a_page(shop_client: FlaskClient, path: str, query: str) -> None:
    assert shop_client.get(f"{path}?{query}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/products?category=shoes",
        "/categories/shoes",
        "/products/no-such-thing",
        "/products/" + "a" * 5000,
        f"{ROLLER}?sku=NONE",
        f"{ROLLER}?sku=",
        f"{ROLLER}?sku=BR-KLL-L-BGE",
        "/guides/no-such-guide",
        "/nowhere",
    ],
)
def test_an_address_that_names_nothing_is_not_found(shop_client: FlaskClient, address: str) -> None:
    response = shop_client.get(address)
    assert response.status_code == 404
    assert "We cannot find that page" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 8),
        ("/products", 8),
        ("/categories/foam-rollers", 8),
        ("/categories/back-braces", 8),
        (ROLLER, 13),
        (BRACE, 13),
        ("/guides", 2),
        ("/guides/heat-or-cold", 11),
    ],
)
def test_a_page_takes_a_fixed_number_of_statements(shop_client: FlaskClient, address: str, most: int) -> None:
    with counted_statements() as statements:
        read(shop_client, address)
    assert len(statements) == most, statements


def test_a_kept_page_takes_one_statement(shop_client: FlaskClient) -> None:
    read(shop_client, ROLLER)
    with counted_statements() as statements:
        read(shop_client, ROLLER)
    assert len(statements) == 1, statements

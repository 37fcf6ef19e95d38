"""Each guide shows exactly its own products, and says no more about them than is known."""

from .guide_files import Guide, read_guides, read_product_codes, read_product_codes_by_guide

ROLES = {"helps", "may-help", "unknown", "against"}
FAMILIES = ["FR", "HC", "BR", "ST"]


def test_a_guide_shows_the_products_the_catalogue_gives_it(guide: Guide) -> None:
    codes = [product["code"] for product in guide.front_matter["products"]]
    assert len(codes) == len(set(codes))
    assert set(codes) == read_product_codes_by_guide().get(guide.slug, set())


def test_product_families_come_in_the_shop_order(guide: Guide) -> None:
    order = [FAMILIES.index(product["code"][:2]) for product in guide.front_matter["products"]]
    assert order == sorted(order)


def test_every_product_has_a_known_role_and_a_reason(guide: Guide) -> None:
    for product in guide.front_matter["products"]:
        assert product["role"] in ROLES
        assert product["reason"].endswith(".")


def test_a_product_guidelines_advise_against_says_so_first(guide: Guide) -> None:
    for product in guide.front_matter["products"]:
        says_so = product["reason"].startswith("Guidelines advise against")
        assert says_so == (product["role"] == "against")


def test_no_product_but_the_tested_heat_wrap_may_help_without_saying_it_was_not_tested(guide: Guide) -> None:
    for product in guide.front_matter["products"]:
        if product["role"] in {"helps", "may-help"} and product["code"] != "HC-DAY":
            assert product["reason"].startswith("Not tested itself.")


def test_every_product_of_the_shop_has_a_guide() -> None:
    shown = {product["code"] for guide in read_guides() for product in guide.front_matter["products"]}
    assert shown == read_product_codes()


def test_the_pregnancy_guide_shows_no_heat_roller_or_back_arch() -> None:
    guide = next(guide for guide in read_guides() if guide.slug == "back-pain-in-pregnancy")
    codes = [product["code"] for product in guide.front_matter["products"]]
    assert [code for code in codes if code.startswith(("FR-", "HC-", "ST-BO"))] == []


def test_no_product_in_the_pregnancy_guide_is_said_to_help() -> None:
    guide = next(guide for guide in read_guides() if guide.slug == "back-pain-in-pregnancy")
    assert {product["role"] for product in guide.front_matter["products"]} == {"unknown"}

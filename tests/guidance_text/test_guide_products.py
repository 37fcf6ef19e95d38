"""Each guide shows exactly its own products, and says no more about them than is known."""

from .guide_files import (
    Guide,
    read_guides,
    read_product_codes,
    read_product_codes_by_guide,
    read_product_grades,
)

# No product was studied well enough to be said to help, so that role is not used.
ROLE_OF_GRADE = {"A": "may-help", "B": "may-help", "D": "unknown", "against": "against"}
FAMILIES = ["FR", "HC", "BR", "ST"]


def test_a_guide_shows_the_products_the_catalogue_gives_it(guide: Guide) -> None:
    codes = [product["code"] for product in guide.front_matter["products"]]
    assert len(codes) == len(set(codes))
    assert set(codes) == read_product_codes_by_guide().get(guide.slug, set())


def test_product_families_come_in_the_shop_order(guide: Guide) -> None:
    order = [FAMILIES.index(product["code"][:2]) for product in guide.front_matter["products"]]
    assert order == sorted(order)


def test_a_product_has_the_role_its_grade_allows_and_a_reason(guide: Guide) -> None:
    grades = read_product_grades()
    for product in guide.front_matter["products"]:
        assert product["role"] == ROLE_OF_GRADE[grades[product["code"]]], product["code"]
        assert product["reason"].endswith(".")


def test_a_band_or_strap_that_may_help_names_exercise_and_long_lasting_pain(guide: Guide) -> None:
    for product in guide.front_matter["products"]:
        if product["code"].startswith("ST-") and product["role"] == "may-help":
            assert "xercise" in product["reason"], product["code"]
            assert "long-lasting" in product["reason"], product["code"]


def test_a_heat_product_that_was_not_tested_names_what_was(guide: Guide) -> None:
    for product in guide.front_matter["products"]:
        if product["code"].startswith("HC-") and product["reason"].startswith("Not tested itself."):
            assert "tudies of" in product["reason"], product["code"]


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

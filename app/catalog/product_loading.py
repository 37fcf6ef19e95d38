"""Brings one product, with its tags and options, in line with its seed rows."""

from collections.abc import Iterable

from app.catalog.change_tally import assign
from app.catalog.models import Category, Option, OptionValue, Product, ProductTag
from app.catalog.seed_rows import ProductRow, VariantRow


def update_product(product: Product, row: ProductRow, category: Category) -> bool:
    """Set what the row says of the product itself, and tell whether anything differed."""
    return assign(
        product,
        slug=row.slug,
        name=row.name,
        brand=row.brand,
        category=category,
        subcategory=row.subcategory,
        position=row.position,
        intended_use=row.intended_use,
        usage_dose=row.usage_dose,
        care_instructions=row.care_instructions,
        machine_washable=row.machine_washable,
        warranty_months=row.warranty_months,
        tax_class=row.tax_class,
        us_regulation_to_confirm=row.us_regulation_to_confirm,
        fsa_hsa_hint=row.fsa_hsa_hint,
    )


def update_tags(product: Product, row: ProductRow) -> bool:
    """Give the product exactly the tags of its row, and tell whether any differed."""
    present = {(tag.axis, tag.key): tag for tag in product.tags}
    wanted = {
        (axis, key): position for axis, keys in row.tags.items() for position, key in enumerate(keys, 1)
    }
    changes = []
    for (axis, key), position in wanted.items():
        if (axis, key) in present:
            changes.append(assign(present[axis, key], position=position))
        else:
            product.tags.append(ProductTag(axis=axis, key=key, position=position))
            changes.append(True)
    for name, tag in present.items():
        if name not in wanted:
            product.tags.remove(tag)
            changes.append(True)
    return any(changes)


def update_options(product: Product, rows: Iterable[VariantRow]) -> bool:
    """Add the options and values that the variants use, in their order, and tell whether any differed."""
    present = {option.name: option for option in product.options}
    changes = []
    for position, (name, values) in enumerate(_collect_options(rows).items(), 1):
        option = present.get(name)
        if option is None:
            option = Option(name=name, position=position)
            product.options.append(option)
            changes.append(True)
        changes += [assign(option, position=position), _update_values(option, values)]
    return any(changes)


def drop_unused_values(product: Product) -> bool:
    """Remove the option values that no variant has any more, such as one that was renamed."""
    used = {value for variant in product.variants for value in variant.option_values}
    has_dropped = False
    for option in list(product.options):
        for value in [value for value in option.values if value not in used]:
            option.values.remove(value)
            has_dropped = True
        if not option.values:
            product.options.remove(option)
            has_dropped = True
    return has_dropped


def _collect_options(rows: Iterable[VariantRow]) -> dict[str, list[str]]:
    """Return the values of each option in the order in which the rows first name them."""
    options: dict[str, list[str]] = {}
    for row in rows:
        for choice in row.choices:
            values = options.setdefault(choice.option, [])
            if choice.value not in values:
                values.append(choice.value)
    return options


def _update_values(option: Option, values: list[str]) -> bool:
    present = {value.value: value for value in option.values}
    changes = []
    for position, name in enumerate(values, 1):
        if name in present:
            changes.append(assign(present[name], position=position))
        else:
            option.values.append(OptionValue(value=name, position=position))
            changes.append(True)
    return any(changes)

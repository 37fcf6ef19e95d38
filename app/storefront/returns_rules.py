"""Which goods can be sent back and when the money goes back, in the words of every page that speaks of it."""

# From the day on which the parcel is back with us.
REFUND_WORKING_DAYS = 5
BANK_DAYS = "5 to 10 days"

# By family: goods that lie on the skin cannot be sold again once they were used.
RULES = {
    "foam-rollers": "Rollers and massage tools can come back only if the seal is not broken.",
    "heat-cold": "Heat and cold goods can come back only if the pack is not open.",
    "back-braces": (
        "Braces and belts can come back only if you have not worn them. "
        "You may try one on over your clothes to check the size."
    ),
    "stretching-aids": "Bands, straps, blocks and mats can come back if they are clean and not used.",
}
OTHERWISE = "Goods can come back if they are not used."


def return_rule(category_slug: str) -> str:
    """Return what holds for the goods of a family."""
    return RULES.get(category_slug, OTHERWISE)

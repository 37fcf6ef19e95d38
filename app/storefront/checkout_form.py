"""The checkout form: who gets the goods, where, and in which way."""

import re
from collections.abc import Sequence

from wtforms import (
    BooleanField,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs are of 3.2
from wtforms.validators import DataRequired, Length, Optional, Regexp

from app.orders.draft import Recipient
from app.pricing.delivery import DeliveryOffer
from app.pricing.place import Place
from app.pricing.regions import find_state
from app.storefront.caution_consent import CautionConsent
from app.storefront.email_check import check_email

COUNTRIES = {"US": "United States"}
HOME = "US"
NOT_OFFERED = "Please choose how we send it, from the ways that we offer."
TOO_HEAVY = (
    "These goods are too heavy to go to this address in one parcel. "
    "Please lower a quantity, or order in two parts."
)
ZIP_CODE = re.compile(r"\d{5}(-?\d{4})?", re.ASCII)
PHONE = re.compile(r"[0-9 ()+.\-]*", re.ASCII)


def _strip(value: str | None) -> str:
    return " ".join(value.split()) if value else ""


def _text(label: str, missing: str, longest: int) -> StringField:
    return StringField(
        label,
        filters=[_strip],
        validators=[
            DataRequired(missing),
            Length(max=longest, message=f"Please use at most {longest} characters."),
        ],
    )


def _optional_text(label: str, longest: int) -> StringField:
    return StringField(
        label,
        filters=[_strip],
        validators=[Length(max=longest, message=f"Please use at most {longest} characters.")],
    )


class CheckoutForm(CautionConsent, Form):
    """One page of questions; every message says what to do."""

    email = StringField(
        "Email",
        filters=[_strip],
        validators=[
            DataRequired("Please enter your email address, so that we can reach you about the order."),
            Length(max=254, message="Please use at most 254 characters."),
            check_email,
        ],
    )
    name = _text("Full name", "Please enter the name for the parcel.", 120)
    line1 = _text("Address", "Please enter a street and number, or a PO box.", 120)
    line2 = _optional_text("Apartment, suite, floor (optional)", 120)
    city = _text("City", "Please enter the city.", 80)
    region = _text("State", "Please enter the state, such as CA or California.", 40)
    postal_code = _text("ZIP code", "Please enter the ZIP code.", 20)
    country = SelectField(
        "Country",
        choices=[SelectChoice(code, name) for code, name in COUNTRIES.items()],
        default=HOME,
        validators=[],
    )
    phone = StringField(
        "Phone (optional, only for the carrier)",
        filters=[_strip],
        validators=[
            Optional(),
            Length(max=30, message="Please use at most 30 characters."),
            Regexp(re.compile(PHONE.pattern + r"\Z"), message="Please use digits, spaces and + ( ) - only."),
        ],
    )
    delivery_method = RadioField("Delivery", validate_choice=False)
    discount_code = StringField("Discount code (optional)", filters=[_strip])
    acknowledge_cautions = BooleanField(
        "I have read who should not use these and who should ask first.", description="Cautions"
    )
    # Which words the box stands beside, such as "W-HEAT:2 W-ALL:1".
    cautions_shown = HiddenField()

    discount_problem: str | None = None
    offered: tuple[str, ...] = ()

    def offer(self, offers: Sequence[DeliveryOffer]) -> None:
        """Offer the ways to send an order; the first is chosen unless the person has chosen."""
        self.offered = tuple(offer.code for offer in offers)
        if not self.delivery_method.data and offers:
            self.delivery_method.data = self.offered[0]

    def refuse_discount(self, problem: str) -> None:
        """Say beside the code what is wrong with it, also where nothing else is judged."""
        self.discount_problem = problem
        self.discount_code.errors = [problem]

    def validate_discount_code(self, _field: StringField) -> None:
        """Keep what was said of the code."""
        if self.discount_problem:
            raise ValidationError(self.discount_problem)

    def validate_delivery_method(self, field: RadioField) -> None:
        """Accept a way that is offered for these goods and this place."""
        if not self.offered:
            raise ValidationError(TOO_HEAVY)
        if not field.raw_data or field.data not in self.offered:
            raise ValidationError(NOT_OFFERED)

    def validate_region(self, field: StringField) -> None:
        """Accept a state by its code or its name."""
        if find_state(field.data or "") is None:
            raise ValidationError("We do not know this state. Please enter it like CA or California.")

    def validate_postal_code(self, field: StringField) -> None:
        """Accept five digits, or nine."""
        if not ZIP_CODE.fullmatch(field.data or ""):
            raise ValidationError("Please enter a ZIP code of 5 digits, such as 94110.")

    @property
    def state(self) -> str | None:
        """The code of the state, as soon as it can be told."""
        return find_state(self.region.data or "")

    @property
    def place(self) -> Place:
        """Where the order goes, as far as it can be told; the whole home country before that."""
        country = str(self.country.data)
        return Place(country, self.state or "") if country in COUNTRIES else Place(HOME)

    def recipient(self) -> Recipient:
        """Return what was entered; only after the form is valid."""
        return Recipient(
            email=self.email.data or "",
            name=self.name.data or "",
            line1=self.line1.data or "",
            line2=self.line2.data or "",
            city=self.city.data or "",
            region=self.state or "",
            postal_code=self.postal_code.data or "",
            country=str(self.country.data),
            phone=self.phone.data or "",
        )

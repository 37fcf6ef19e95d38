"""The checkout form: who gets the goods, where, and in which way."""

import re
from collections.abc import Sequence

from email_validator import EmailNotValidError, validate_email
from wtforms import Form, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs are of 3.2
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from app.orders.draft import Recipient
from app.pricing.models import DeliveryMethod
from app.pricing.regions import find_state
from app.web.order_links import current_config

COUNTRIES = [SelectChoice("US", "United States")]
ZIP_CODE = re.compile(r"\d{5}(-?\d{4})?", re.ASCII)
PHONE = re.compile(r"[0-9 ()+.\-]*", re.ASCII)


def _strip(value: str | None) -> str:
    return " ".join(value.split()) if value else ""


def _check_email(_form: Form, field: StringField) -> None:
    is_test = not current_config().is_production
    try:
        # Only what Stripe takes too: letters of ASCII before the @.
        validate_email(
            field.data or "", check_deliverability=False, allow_smtputf8=False, test_environment=is_test
        )
    except EmailNotValidError:
        message = "Please check the email address. It should look like name@example.com."
        raise ValidationError(message) from None


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


class CheckoutForm(Form):
    """One page of questions; every message says what to do."""

    email = StringField(
        "Email",
        filters=[_strip],
        validators=[
            DataRequired("Please enter your email address, so that we can reach you about the order."),
            Length(max=254, message="Please use at most 254 characters."),
            _check_email,
        ],
    )
    name = _text("Full name", "Please enter the name for the parcel.", 120)
    line1 = _text("Address", "Please enter a street and number, or a PO box.", 120)
    line2 = _optional_text("Apartment, suite, floor (optional)", 120)
    city = _text("City", "Please enter the city.", 80)
    region = _text("State", "Please enter the state, such as CA or California.", 40)
    postal_code = _text("ZIP code", "Please enter the ZIP code.", 20)
    country = SelectField("Country", choices=COUNTRIES, default="US", validators=[])
    phone = StringField(
        "Phone (optional, only for the carrier)",
        filters=[_strip],
        validators=[
            Optional(),
            Length(max=30, message="Please use at most 30 characters."),
            Regexp(re.compile(PHONE.pattern + r"\Z"), message="Please use digits, spaces and + ( ) - only."),
        ],
    )
    delivery_method = RadioField("Delivery", validators=[InputRequired("Please choose how we send it.")])

    def offer(self, methods: Sequence[DeliveryMethod]) -> None:
        """Offer the ways to send an order; the first is chosen unless the person has chosen."""
        self.delivery_method.choices = [SelectChoice(method.code, method.name) for method in methods]
        if not self.delivery_method.data and methods:
            self.delivery_method.data = methods[0].code

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

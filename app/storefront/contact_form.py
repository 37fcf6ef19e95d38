"""The form by which anybody writes to the shop."""

from wtforms import Form, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from app.outbox.contact_message import ContactMessage
from app.storefront.email_check import check_email

LONGEST = 4000
LONGEST_NAME = 120
LONGEST_ORDER = 40
LONGEST_EMAIL = 254
FILLED_IN = "Please send the form once more, and leave the last field empty."


def _one_line(value: str | None) -> str:
    return " ".join(_lines(value).split())


def _lines(value: str | None) -> str:
    """Take out what no person types; a line break is one character, as browsers count."""
    lines = (value or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    return "\n".join("".join(letter for letter in line if letter.isprintable()) for line in lines).strip()


def _at_most(longest: int) -> Length:
    return Length(max=longest, message=f"Please use at most {longest:,} characters.")


class ContactForm(Form):
    """What somebody writes, and where the answer goes."""

    name = StringField("Your name (optional)", filters=[_one_line], validators=[_at_most(LONGEST_NAME)])
    email = StringField(
        "Email",
        filters=[_one_line],
        validators=[
            DataRequired("Please enter your email address, so that we can answer."),
            _at_most(LONGEST_EMAIL),
            check_email,
        ],
    )
    order = StringField("Order number (optional)", filters=[_one_line], validators=[_at_most(LONGEST_ORDER)])
    message = TextAreaField(
        "Message",
        filters=[_lines],
        validators=[DataRequired("Please enter your message."), _at_most(LONGEST)],
    )
    # People do not see it and leave it empty; programs that fill in everything do not.
    website = StringField("Leave this empty")

    def validate_website(self, field: StringField) -> None:
        """Refuse what a program filled in, aloud: a browser that fills in forms may be a person's."""
        if field.data:
            field.data = ""
            raise ValidationError(FILLED_IN)

    def read(self) -> ContactMessage:
        """Return what was written; only after the form is valid."""
        return ContactMessage(
            name=self.name.data or "",
            email=self.email.data or "",
            order=self.order.data or "",
            text=self.message.data or "",
        )

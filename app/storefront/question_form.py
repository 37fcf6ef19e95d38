"""The form under a guide by which a reader asks about it."""

from wtforms import Form, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.storefront.email_check import check_email

SHORTEST = 20
LONGEST = 1000


def _clean(value: str | None) -> str:
    """Take out what no person types; a line break is one character, as browsers count."""
    lines = (value or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    printable = ("".join(letter for letter in line if letter.isprintable()) for line in lines)
    return "\n".join(line.rstrip() for line in printable).strip()


def _check_length(_form: Form, field: StringField) -> None:
    found = len(field.data or "")
    if found < SHORTEST:
        raise ValidationError(f"Please say a little more: at least {SHORTEST} characters.")
    if found > LONGEST:
        raise ValidationError(f"Please use at most {LONGEST} characters. These are {found}.")


class QuestionForm(Form):
    """A question, and an address only for those who want the answer by mail."""

    question = TextAreaField(
        "Your question",
        filters=[_clean],
        validators=[DataRequired("Please enter your question."), _check_length],
    )
    email = StringField(
        "Email (optional)",
        filters=[_clean],
        validators=[Optional(), Length(max=254, message="Please use at most 254 characters."), check_email],
    )
    # People do not see it and leave it empty; programs that fill in everything do not.
    website = StringField("Leave this empty")

    problem = ""

    @property
    def is_from_program(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.website.data)

"""Whether a text can be an email address."""

from email_validator import EmailNotValidError, validate_email
from wtforms import Form, StringField, ValidationError

from app.web.order_links import current_config


def check_email(_form: Form, field: StringField) -> None:
    """Refuse what cannot be an address."""
    is_test = not current_config().is_production
    try:
        # Only what Stripe takes too: letters of ASCII before the @.
        validate_email(
            field.data or "", check_deliverability=False, allow_smtputf8=False, test_environment=is_test
        )
    except EmailNotValidError:
        message = "Please check the email address. It should look like name@example.com."
        raise ValidationError(message) from None

"""The form token of pages that are one person's own, such as the checkout."""

from flask import request
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms import ValidationError

FIELD = "csrf_token"


def form_token() -> str:
    """Return the token that a form of this browser must send back."""
    return str(generate_csrf())


def is_token_valid() -> bool:
    """Whether the sent form holds this browser's token."""
    try:
        validate_csrf(request.form.get(FIELD))
    except ValidationError:
        return False
    return True

"""Random identifiers in Stripe's form."""

import secrets
import string

_ALPHABET = string.ascii_letters + string.digits


def new_identifier(prefix: str, length: int = 24) -> str:
    """Return `prefix` and an underscore followed by `length` random letters and digits."""
    return f"{prefix}_" + "".join(secrets.choice(_ALPHABET) for _ in range(length))

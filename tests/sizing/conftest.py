"""What the tests of the size finder share."""

from tests.foundation.conftest import log_output

__all__ = ["log_output"]

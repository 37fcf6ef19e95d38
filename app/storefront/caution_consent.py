"""The box of the checkout by which a shopper says that the cautions were read."""

from collections.abc import Iterable

from wtforms import BooleanField, HiddenField, ValidationError

UNREAD = "Please read who should not use these things and who should ask first, and then tick the box."
CHANGED = "A caution has changed since you opened this page. Please read it again."


class CautionConsent:
    """What a form with the box knows of it: which words it stands beside, and never why somebody ticks it."""

    acknowledge_cautions: BooleanField
    cautions_shown: HiddenField

    has_cautions = False
    have_cautions_changed = False

    def show_cautions(self, carried: Iterable[str]) -> None:
        """Ask for cautions, named by code and version, to be read; a tick beside other words is taken out."""
        now = list(carried)
        shown = (self.cautions_shown.data or "").split()
        self.has_cautions = bool(now)
        # Who has read more than is needed has read enough. A client that names nothing is taken at its word.
        self.have_cautions_changed = bool(shown) and not set(now) <= set(shown)
        if self.have_cautions_changed:
            self.acknowledge_cautions.data = False
        self.cautions_shown.data = " ".join(now)

    def refuse_cautions(self) -> None:
        """Say beside the box that its words have just changed."""
        self.acknowledge_cautions.data = False
        self.acknowledge_cautions.errors = [CHANGED]

    def validate_acknowledge_cautions(self, field: BooleanField) -> None:
        """Accept a tick beside the words that stand now."""
        if self.have_cautions_changed:
            raise ValidationError(CHANGED)
        if self.has_cautions and not field.data:
            raise ValidationError(UNREAD)

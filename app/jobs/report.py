"""What a job did, in words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class JobReport:
    """The words a person reads, and whether all is well."""

    text: str
    is_well: bool = True

"""When each job last ran and what it said."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UTCDateTime


class JobRun(Base):
    """The last run of a job."""

    __tablename__ = "job_runs"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # While it runs: until when nobody else may run it. Nothing when it has ended.
    claimed_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_well: Mapped[bool]
    report: Mapped[str] = mapped_column(Text)

"""A shop that is open: its servers, their files, its database, and the shop in this process for its jobs."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine


@dataclass(frozen=True)
class OpenShop:
    """The addresses of shop and simulator; the simulator's state; the shop itself."""

    address: str
    simulator: str
    state: Path
    app: Flask
    engine: Engine
    database: str

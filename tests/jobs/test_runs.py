"""Runs of jobs: one at a time whoever starts them, noted, and listed."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import update
from sqlalchemy.orm import Session

from app import clock
from app.jobs.registry import JOBS, Job, run_due_jobs, run_if_due, run_job
from app.jobs.report import JobReport
from app.runs.models import JobRun
from app.runs.queries import list_runs
from app.runs.services import claim_run, note_run

LONG = timedelta(hours=1)


@dataclass
class Slow:
    """A job that takes a moment and sees whether another one runs beside it."""

    running: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(1))
    runs: int = 0
    overlaps: int = 0

    def run(self) -> JobReport:
        if not self.running.acquire(blocking=False):
            self.overlaps += 1
            return JobReport("Overlapped.")
        self.runs += 1
        time.sleep(0.1)
        self.running.release()
        return JobReport("Done.")


@pytest.fixture
def slow() -> Slow:
    return Slow()


def at_once(app: Flask, count: int, act: Callable[[], object]) -> list[object]:
    """Do something from several workers at the same moment."""
    start = threading.Barrier(count)

    def work(_: int) -> object:
        with app.app_context():
            start.wait()
            return act()

    with ThreadPoolExecutor(count) as workers:
        return list(workers.map(work, range(count)))


def test_of_several_workers_one_runs_a_job_that_is_due(shop_app: Flask, slow: Slow) -> None:
    job = Job("slow", LONG, slow.run)
    reports = at_once(shop_app, 6, lambda: run_if_due(job))
    assert sorted(str(report) for report in reports)[:-5] == [str(JobReport("Done."))]
    assert (slow.runs, slow.overlaps) == (1, 0)


def test_a_job_that_people_start_waits_for_the_one_that_runs(shop_app: Flask, slow: Slow) -> None:
    job = Job("slow", LONG, slow.run)
    reports = at_once(shop_app, 3, lambda: run_job(job))
    assert reports == [JobReport("Done.")] * 3
    assert (slow.runs, slow.overlaps) == (3, 0)


def test_the_claim_of_a_worker_that_died_ends(session: Session) -> None:
    now = clock.now()
    assert claim_run(session, "a", now=now - LONG, until=now - timedelta(seconds=1))
    assert claim_run(session, "a", now=now, until=now + LONG)
    assert not claim_run(session, "a", now=now, until=now + LONG)


def test_a_run_that_ends_late_does_not_end_the_claim_of_the_next(session: Session) -> None:
    now = clock.now()
    claim_run(session, "a", now=now - LONG, until=now - timedelta(seconds=1))
    claim_run(session, "a", now=now, until=now + LONG)
    note_run(session, "a", started_at=now - LONG, is_well=False, report="late")
    assert not claim_run(session, "a", now=now, until=now + LONG)
    note_run(session, "a", started_at=now, is_well=True, report="in time")
    assert claim_run(session, "a", now=now + LONG, until=now + 2 * LONG, last_before=now)
    session.commit()


def test_a_run_that_was_noted_by_nobody_before_is_noted(session: Session) -> None:
    note_run(session, "a", started_at=clock.now(), is_well=False, report="broken")
    run = list_runs(session)["a"]
    assert (run.is_well, run.report, run.claimed_until) == (False, "broken", None)


def test_the_clock_runs_what_is_due_and_nothing_twice(shop_app: Flask, shop_session: Session) -> None:
    with shop_app.app_context():
        run_due_jobs()
        first = {name: run.started_at for name, run in list_runs(shop_session).items()}
        assert first.keys() == JOBS.keys()
        run_due_jobs()
    shop_session.expire_all()
    shop_session.rollback()
    assert {name: run.started_at for name, run in list_runs(shop_session).items()} == first


def test_the_clock_is_not_put_off_a_minute_by_a_tick_that_comes_a_moment_early(
    shop_app: Flask, shop_session: Session, slow: Slow
) -> None:
    job = Job("slow", timedelta(minutes=1), slow.run)
    with shop_app.app_context():
        run_if_due(job)
        shop_session.execute(update(JobRun).values(started_at=clock.now() - timedelta(seconds=59)))
        shop_session.commit()
        assert run_if_due(job) == JobReport("Done.")


def listed(runner: FlaskCliRunner) -> dict[str, str]:
    lines = runner.invoke(args=["jobs", "list"]).stdout.splitlines()
    return {line.split()[0]: line for line in lines}


def test_the_list_says_when_each_job_ran_and_whether_it_went_well(
    shop_app: Flask, shop_session: Session
) -> None:
    runner = shop_app.test_cli_runner()
    lines = listed(runner)
    assert lines.keys() == JOBS.keys()
    assert all("last never" in line and line.endswith("not run yet") for line in lines.values())
    now = clock.now()
    assert runner.invoke(args=["jobs", "run", "deliver-outbox"]).output == "No message is due.\n"
    note_run(shop_session, "check-ledger", started_at=now, is_well=False, report="wrong")
    claim_run(shop_session, "expire-reservations", now=now, until=now + LONG)
    claim_run(shop_session, "reconcile-payments", now=now - LONG, until=now - timedelta(minutes=1))
    shop_session.commit()
    lines = listed(runner)
    assert f"next {now + LONG:%Y-%m-%d %H:%M:%S} UTC" in lines["check-ledger"]
    assert [
        lines[name].rpartition("  ")[2]
        for name in ("deliver-outbox", "check-ledger", "expire-reservations", "reconcile-payments")
    ] == ["well", "not well", "running", "cut off"]

"""The worker: huey's clock starts every job that is due."""

from flask import Flask
from huey import SqliteHuey, crontab

from app.jobs.registry import list_due, run_job
from app.web.order_links import EXTENSION

QUEUE_FILE = "queue.db"


def work(app: Flask) -> None:
    """Run due jobs until the process is told to stop."""
    folder = app.extensions[EXTENSION].data_dir
    folder.mkdir(parents=True, exist_ok=True)
    huey = SqliteHuey("shop", filename=str(folder / QUEUE_FILE))

    def tick() -> None:
        with app.app_context():
            for job in list_due():
                run_job(job)

    # At once, so that a new shop is soon known to have a worker; then every minute.
    tick()
    huey.periodic_task(crontab(minute="*"))(tick)
    huey.create_consumer(workers=1, check_worker_health=False).run()

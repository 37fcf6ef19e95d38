"""The worker: runs every job that is due, and sends what is put in the outbox at once."""

from app.jobs.queue import Queue

# One may be busy with the clock's jobs while the other sends mails.
THREADS = 2
# Between two looks at a queue that is a file.
LONGEST_SLEEP_SECONDS = 1.0
# Whoever stops the worker lets it end what it is doing.
PATIENCE_SECONDS = 6


def work(queue: Queue) -> None:
    """Work until the process is told to stop."""
    # At once, so that a new shop is soon known to have a worker; then every minute.
    queue.tick()
    queue.huey.create_consumer(
        workers=THREADS,
        max_delay=LONGEST_SLEEP_SECONDS,
        graceful_signal="TERM",
        shutdown_timeout=PATIENCE_SECONDS,
        check_worker_health=False,
    ).run()

"""Does once everything that a process does slowly for the first time, before it is forked."""

from urllib.parse import urlsplit

import requests
from flask import Flask

from app.jobs.queue import EXTENSION as QUEUE
from app.jobs.registry import JOBS
from app.session import close_database
from tests.buyer import ADDRESS, CARD, hidden, order_code
from tests.crashes.tasks import do
from tests.payments.signed_events import event_about

SKU = "FR-DRF-30-TEA"


def warm_up(app: Flask) -> None:
    """Buy something, run the jobs, make a refund; then let go of everything that a child must not inherit."""
    client = app.test_client()
    client.post("/cart/items", data={"sku": SKU, "quantity": "1"})
    token = hidden(client.get("/checkout").text, "csrf_token")
    form = {**ADDRESS, "csrf_token": token, "delivery_method": "standard", "acknowledge_cautions": "y"}
    page = client.post("/checkout", data=form).headers["Location"]
    paid = requests.post(page, {"email": ADDRESS["email"], **CARD}, timeout=20, allow_redirects=False)
    event_about(page.rsplit("/", 1)[1]).send_to(client)
    back = urlsplit(paid.headers["Location"])
    order = client.get(f"{back.path}?{back.query}", follow_redirects=True)
    client.get("/cart")
    do(app, {"name": "refund", "order": order_code(order.text), "is_whole": True})
    for job in JOBS:
        do(app, {"name": "job", "job": job})
    close_database(app)
    app.extensions[QUEUE].huey.storage.close()

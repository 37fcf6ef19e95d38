"""Sends what waits in the outbox.

Each message is claimed and committed before it is sent, sent with no transaction open, and noted as sent in
a second transaction. A sender that dies between sending and noting leaves a claim that ends: the message is
then sent once more, with the same Message-ID (a mail that is kept as a file: over the same file). Nothing
else sends a message twice, however many senders there are.
"""

from collections import Counter
from datetime import timedelta
from enum import StrEnum

import structlog

from app import clock
from app.jobs.letters import FORGOTTEN_ONCE_SENT, write_letter
from app.jobs.mail_facts import CannotBeWritten
from app.jobs.report import JobReport
from app.mail.letter import Sender, build_message
from app.mail.transport import MailNotTaken, MailRefused, MailServerUnavailable, MailTransport
from app.mail.transports import open_transport
from app.outbox.claim import Claim
from app.outbox.queries import count_waiting, list_given_up
from app.outbox.services import claim_next, forget_facts, give_up, mark_sent, put_off
from app.session import end_reading, get_session, transaction
from app.web.order_links import current_config

# A run ends before others may claim the job.
LONGEST_RUN = timedelta(minutes=2)
# For how long a message that was given up keeps the job from being well.
REMEMBERED = timedelta(days=1)

log = structlog.get_logger("shop.jobs")


class Outcome(StrEnum):
    """What became of a message."""

    SENT = "sent"
    PUT_OFF = "put off"
    GIVEN_UP = "given up"
    UNAVAILABLE = "not taken, as no mail can be handed over"


def deliver_outbox() -> JobReport:
    """Send every message that is due; a message that cannot leave stops no other."""
    transport = open_transport(current_config().mail)
    outcomes: Counter[Outcome] = Counter()
    deadline = clock.now() + LONGEST_RUN
    while clock.now() < deadline and (claim := _claim()) is not None:
        outcome = _deliver(claim, transport)
        outcomes[outcome] += 1
        if outcome is Outcome.UNAVAILABLE:
            # The others would wait for the same server in vain, and lose an attempt.
            break
    return _report(outcomes)


def _claim() -> Claim | None:
    with transaction() as session:
        return claim_next(session)


def _deliver(claim: Claim, transport: MailTransport) -> Outcome:
    try:
        _send(claim, transport)
    except (CannotBeWritten, MailRefused) as error:
        return _give_up(claim, str(error))
    except MailServerUnavailable as error:
        _put_off(claim, str(error))
        return Outcome.UNAVAILABLE
    except MailNotTaken as error:
        return _put_off(claim, str(error))
    except Exception as error:
        log.exception("message broke", message=claim.message_id)
        return _put_off(claim, f"broken: {type(error).__name__}")
    with transaction() as session:
        mark_sent(session, claim)
        if claim.kind in FORGOTTEN_ONCE_SENT:
            forget_facts(session, claim)
    log.info("message sent", message=claim.message_id, kind=claim.kind, attempt=claim.attempt)
    return Outcome.SENT


def _send(claim: Claim, transport: MailTransport) -> None:
    shop = current_config().shop
    letter = write_letter(get_session(), claim)
    message = build_message(letter, Sender(shop.name, shop.email))
    end_reading()
    transport.send(message, claim.key)


def _put_off(claim: Claim, reason: str) -> Outcome:
    with transaction() as session:
        is_waiting = put_off(session, claim, reason)
    log.warning("message not sent", message=claim.message_id, attempt=claim.attempt, reason=reason)
    return Outcome.PUT_OFF if is_waiting else Outcome.GIVEN_UP


def _give_up(claim: Claim, reason: str) -> Outcome:
    with transaction() as session:
        give_up(session, claim, reason)
    log.error("message given up", message=claim.message_id, attempt=claim.attempt, reason=reason)
    return Outcome.GIVEN_UP


def _report(outcomes: Counter[Outcome]) -> JobReport:
    session = get_session()
    given_up = list_given_up(session, clock.now() - REMEMBERED)
    words = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    lines = [f"Messages: {words}." if words else "No message is due."]
    waiting = count_waiting(session)
    if waiting:
        lines.append(f"{waiting} still waiting.")
    lines += [f"Given up: {message.key} ({message.last_error})" for message in given_up]
    return JobReport("\n".join(lines), is_well=not given_up and Outcome.UNAVAILABLE not in outcomes)

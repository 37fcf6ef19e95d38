"""The form of a mail: its headers, and that nobody can add one."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP

import pytest

from app.mail.letter import Letter, Sender, build_message
from app.mail.transport import MailRefused

SENDER = Sender("Plainback", "hello@plainback.example")
ATTACKS = [
    "\r\nBcc: all@example.org",
    "\nBcc: all@example.org",
    "\rBcc: all@example.org",
    "\u2028Bcc: x",
    "\0",
]


def headers(letter: Letter, sender: Sender = SENDER) -> dict[str, str]:
    """Return the headers as a server reads them."""
    return dict(message_from_bytes(build_message(letter, sender).as_bytes(policy=SMTP)).items())


def test_says_who_writes_to_whom_and_that_a_machine_does(letter: Letter) -> None:
    found = headers(letter, Sender("Müller & Söhne, Inc.", "hello@plainback.example"))
    assert found["To"] == "maya@example.com"
    assert found["From"].endswith(" <hello@plainback.example>")
    assert found["From"].isascii()
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Date"].endswith("+0000")


def test_the_message_id_is_made_of_the_key_alone(letter: Letter) -> None:
    same, other = replace(letter, subject="Another"), replace(letter, key="order:OTHER:confirmed")
    assert headers(letter)["Message-ID"] == headers(same)["Message-ID"] != headers(other)["Message-ID"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_header_can_be_added_through_subject_or_name(letter: Letter, attack: str) -> None:
    spoiled = replace(letter, subject=letter.subject + attack)
    found = headers(spoiled, Sender(f"Plainback{attack}", SENDER.email))
    assert found.keys() == headers(letter).keys()


@pytest.mark.parametrize("attack", ATTACKS[:3])
@pytest.mark.parametrize("place", ["maya{}@example.com", "maya@example.com{}", "{}maya@example.com"])
def test_no_header_can_be_added_through_an_address(letter: Letter, attack: str, place: str) -> None:
    with pytest.raises(MailRefused):
        headers(replace(letter, to=place.format(attack)))


@pytest.mark.parametrize(
    "address", ["", "maya", "maya@", "a b@example.com", "maya@example.com, all@example.org"]
)
def test_refuses_what_is_no_single_address_without_repeating_it(letter: Letter, address: str) -> None:
    with pytest.raises(MailRefused) as refusal:
        headers(replace(letter, to=address))
    assert str(refusal.value) == "the address cannot be written in a mail"


def test_a_domain_of_another_alphabet_is_written_in_ascii(letter: Letter) -> None:
    assert headers(replace(letter, to="maya@bücher.example"))["To"] == "maya@xn--bcher-kva.example"


def test_long_lines_and_other_alphabets_travel_as_plain_ascii(letter: Letter) -> None:
    long = replace(letter, text="ä" * 3000, html=f"<p>{'ä' * 3000}</p>")
    wire = build_message(long, SENDER).as_bytes(policy=SMTP)
    assert wire.isascii()
    assert max(map(len, wire.splitlines())) < 998


def test_an_answer_goes_elsewhere_when_the_letter_says_so(letter: Letter) -> None:
    assert "Reply-To" not in headers(letter)
    assert headers(replace(letter, reply_to="asa@example.com"))["Reply-To"] == "asa@example.com"


@pytest.mark.parametrize("attack", ATTACKS[:3])
def test_no_header_can_be_added_through_the_address_of_the_answer(letter: Letter, attack: str) -> None:
    with pytest.raises(MailRefused):
        headers(replace(letter, reply_to=f"asa@example.com{attack}"))

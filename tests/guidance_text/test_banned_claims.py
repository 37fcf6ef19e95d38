"""The claims checker catches promises, and lets honest denials through."""

import pytest

from app.guidance.claims import find_banned_claims

CLAIMS = [
    "This belt cures back pain.", "Heals sore muscles.", "It treats sciatica.", "Fixes your back.",
    "Corrects posture.", "Reverses damage.", "It will ease your pain.", "Clinically proven.",
    "Relief guaranteed.", "Works every time.", "Risk-free.", "Instant relief.", "A permanent result.",
    "Prevents back pain.", "A belt for preventing back injury.", "Doctor recommended.",
    "Recommended by physical therapists.", "Medical-grade foam.", "FDA approved.", "CE-approved.",
    "Endorsed by NICE.", "NICE-approved.", "Replaces your doctor.", "Lets you stop taking pills.",
    "A wrap for arthritis.", "Cuts inflammation.", "Flushes out toxins.", "Breaks up scar tissue.",
    "Releases fascia.", "Improves posture.", "Aligns the spine.", "Boosts circulation.", "HSA eligible.",
    "FSA or HSA eligible.", "Buy this tax-free.", "Grade A evidence.", "Rated A.", "Safe for everyone.",
    "Totally safe.", "No side effects.", "A slipped disc.", "Your spine is out of place.",
    "A crumbling spine.", "Degenerative discs.", "Worn out back.", "A weak core.", "Bad posture.",
    "Feel better now!", "Click here.",
]  # fmt: skip
HONEST = [
    "It does not cure back pain.", "Belts do not prevent back pain.", "Not shown to prevent back pain.",
    "It is not proven.", "A reminder to move. It does not correct posture.", "It is not safe for everyone.",
    "No good evidence that straps prevent or ease back pain.", "It does not replace your doctor.",
    "It has not been shown to break up scar tissue.", "No product cures back pain.",
    "May be FSA or HSA eligible. Check with your plan.", "Not for preventing back pain.",
    "May ease new back pain a little, for a short time.", "![A person on a mat](mat.webp)",
    "Exercise for long-lasting pain: good evidence (A).", "Who is this for?",
    "It does not\nprevent back pain.",
]  # fmt: skip
DISGUISED = [
    "It does not just ease pain, it cures it.", "Nothing cures pain faster.", "It never fails to cure pain.",
    "If it does not cure your pain, send it back.", "Not only cures pain.", "It does not hurt. It heals.",
    "You cannot go wrong: it prevents back pain.", "Why not cure your pain?",
]  # fmt: skip


@pytest.mark.parametrize("text", CLAIMS)
def test_a_claim_is_caught(text: str) -> None:
    assert find_banned_claims(text) != []


@pytest.mark.parametrize("text", HONEST)
def test_honest_wording_passes(text: str) -> None:
    assert find_banned_claims(text) == []


@pytest.mark.parametrize("text", DISGUISED)
def test_a_claim_beside_a_denial_is_still_caught(text: str) -> None:
    assert find_banned_claims(text) != []


def test_claims_come_in_reading_order_with_the_words_and_what_to_write_instead() -> None:
    claims = find_banned_claims("Guaranteed to help. It cures pain.")
    assert [claim.words for claim in claims] == ["Guaranteed", "cures"]
    assert [claim.position for claim in claims] == [0, 23]
    assert all(claim.advice for claim in claims)

"""The emergency card that pages without a guide show: fixed, and there even when the database is not."""

from app.guidance.warning_boxes import CareCard, CareLevel

# The words of RF-SHORT in seed_data/guides/warning-boxes.yaml; a test holds the two together.
EMERGENCY_CARD = CareCard(
    title="Call 911 (999 UK, 112 EU) or go to an emergency department now",
    level=CareLevel.EMERGENCY,
    intro="These are rare. If you have one, do not wait. Go now if you have back pain and:",
    items=(
        "numbness or tingling around your genitals, bottom or inner thighs",
        "trouble peeing, or loss of bladder or bowel control",
        "pain, tingling, weakness or numbness in both legs, or fast-growing weakness in one",
        "chest pain",
        "sudden severe belly or back pain with faintness",
        "fever with new weakness or numbness in your legs",
        "it started after a serious accident",
    ),
)

"""The returns policy as a MerchantReturnPolicy."""

from app.storefront.metadata.page_meta import Json
from app.storefront.returns_policy import RETURNS_POLICY, ReturnsPolicy

ID = "#returns"


def returns_data(policy: ReturnsPolicy = RETURNS_POLICY) -> Json:
    """Say how long and how goods can come back, and who pays for that."""
    fees = "FreeReturn" if policy.is_postage_paid_by_shop else "ReturnFeesCustomerResponsibility"
    data: Json = {
        "@type": "MerchantReturnPolicy",
        "@id": ID,
        "applicableCountry": policy.country,
        "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": policy.days,
        "returnFees": f"https://schema.org/{fees}",
        "customerRemorseReturnFees": f"https://schema.org/{fees}",
        "itemDefectReturnFees": "https://schema.org/FreeReturn",
    }
    if policy.is_by_mail:
        data["returnMethod"] = "https://schema.org/ReturnByMail"
    if policy.must_be_unused:
        data["itemCondition"] = "https://schema.org/NewCondition"
    return data

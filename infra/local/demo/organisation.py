"""Aurora Telecom: its departments, touchpoints and survey. Invented; any likeness is chance."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from infra.local.demo.languages import texts

ROOT = "root"
SURVEY = "service-feedback"
NAMESPACE: Final = UUID("0b7f3c0a-8a4e-5d53-9d7b-2f6f1c9be0d4")  # of analyses
ANALYSED_DAYS: Final = 180
WORSENING = "invoicing"  # the department that visibly gets worse
QUEUE = "hotline"  # fell all at once: an alert is raised where it belongs
QUIET = "kiosk-west"  # opened lately: too few answers for a score
QUIET_ANSWERS, QUIET_DAYS, QUIET_STAFF = 6, 18, 3
MOVED, MOVED_TO = "technical-support", "network"  # was under the call centre
MERGED, MERGED_INTO = "install-east", "install-south"
FORMER_NAMES = {
    MERGED: "Fibre installation",
    MERGED_INTO: "Cable installation",
    "care": "Service desk",
}

# key, name, parent; a department stands after its parent
DEPARTMENTS: tuple[tuple[str, str, str | None], ...] = (
    (ROOT, "Aurora Telecom (Demo)", None),
    ("sales", "Sales", ROOT),
    ("shops", "Shops", "sales"),
    ("shop-north", "Shop North", "shops"),
    ("shop-south", "Shop South", "shops"),
    ("shop-east", "Shop East", "shops"),
    (QUIET, "Kiosk West", "shops"),
    ("shop-central", "Shop Central", "shops"),
    ("online-shop", "Online shop", "sales"),
    ("telesales", "Telesales", "sales"),
    ("business-sales", "Business sales", "sales"),
    ("small-business", "Small business", "business-sales"),
    ("key-accounts", "Key accounts", "business-sales"),
    ("onboarding", "Onboarding", ROOT),
    ("installation", "Installation", "onboarding"),
    ("install-north", "Installation North", "installation"),
    ("install-south", "Installation South", "installation"),
    ("install-east", "Installation East", "installation"),
    ("activation", "Activation", "onboarding"),
    ("logistics", "Logistics", "onboarding"),
    ("care", "Customer care", ROOT),
    ("call-centre", "Call centre", "care"),
    ("care-line-1", "Care line 1", "call-centre"),
    ("care-line-2", "Care line 2", "call-centre"),
    ("technical-support", "Technical support", "call-centre"),
    ("chat", "Chat", "care"),
    ("social-care", "Social media care", "care"),
    ("complaints", "Complaints", "care"),
    ("billing", "Billing and payments", ROOT),
    ("invoicing", "Invoicing", "billing"),
    ("payments", "Payments", "billing"),
    ("collections", "Collections", "billing"),
    ("network", "Network", ROOT),
    ("field-north", "Field service North", "network"),
    ("field-south", "Field service South", "network"),
    ("digital", "Digital products", ROOT),
    ("app", "App", "digital"),
    ("website", "Website", "digital"),
    ("retention", "Loyalty", ROOT),
    ("win-back", "Win-back", "retention"),
)


@dataclass(frozen=True)
class Touchpoint:
    """Where experience happens; `weight` is its share of answers, `mood` how content people are, in points of 10."""

    key: str
    name: str
    department: str
    stage: str
    channel: str
    weight: float
    mood: float


TOUCHPOINTS = (
    Touchpoint("website-visit", "Website visit", "website", "awareness", "WEB", 7, 7.6),
    Touchpoint("campaign-page", "Campaign page", "website", "awareness", "WEB", 3, 7.3),
    Touchpoint("offer-call", "Offer call", "telesales", "consideration", "PHONE", 4, 6.6),
    Touchpoint("plan-advice", "Plan advice online", "online-shop", "consideration", "WEB", 4, 7.9),
    Touchpoint("visit-north", "Visit to Shop North", "shop-north", "purchase", "STORE", 5, 8.6),
    Touchpoint("visit-south", "Visit to Shop South", "shop-south", "purchase", "STORE", 4, 8.1),
    Touchpoint("visit-east", "Visit to Shop East", "shop-east", "purchase", "STORE", 4, 8.3),
    Touchpoint("visit-kiosk-west", "Visit to Kiosk West", QUIET, "purchase", "STORE", 0, 7.4),
    Touchpoint(
        "visit-central", "Visit to Shop Central", "shop-central", "purchase", "STORE", 7, 7.9
    ),
    Touchpoint("checkout", "Online checkout", "online-shop", "purchase", "WEB", 8, 8.2),
    Touchpoint("small-offer", "Business offer", "small-business", "purchase", "EMAIL", 2, 7.7),
    Touchpoint("key-review", "Account review", "key-accounts", "loyalty", "EMAIL", 1, 8.7),
    Touchpoint("delivery", "Delivery of devices", "logistics", "purchase", "DELIVERY", 6, 8.0),
    Touchpoint("first-setup", "First set-up", "activation", "post-purchase", "APP", 5, 7.8),
    Touchpoint(
        "visit-install-n", "Installer North", "install-north", "post-purchase", "FIELD", 3, 8.5
    ),
    Touchpoint(
        "visit-install-s", "Installer South", "install-south", "post-purchase", "FIELD", 3, 8.3
    ),
    Touchpoint(
        "visit-install-e", "Installer East", "install-east", "post-purchase", "FIELD", 3, 7.5
    ),
    Touchpoint("hotline", "Hotline", "care-line-1", "post-purchase", "PHONE", 9, 7.5),
    Touchpoint("callback", "Call back", "care-line-2", "post-purchase", "PHONE", 5, 7.2),
    Touchpoint(
        "fault-report", "Fault report", "technical-support", "post-purchase", "PHONE", 7, 7.0
    ),
    Touchpoint("chat-help", "Help by chat", "chat", "post-purchase", "CHAT", 6, 7.9),
    Touchpoint(
        "social-help", "Help on social media", "social-care", "post-purchase", "SOCIAL", 2, 7.4
    ),
    Touchpoint("complaint", "Complaint", "complaints", "post-purchase", "EMAIL", 3, 5.9),
    Touchpoint("invoice", "Monthly invoice", "invoicing", "post-purchase", "EMAIL", 9, 7.8),
    Touchpoint("payment", "Payment", "payments", "post-purchase", "APP", 4, 8.2),
    Touchpoint("reminder", "Payment reminder", "collections", "post-purchase", "EMAIL", 2, 5.8),
    Touchpoint(
        "repair-north", "Repair visit North", "field-north", "post-purchase", "FIELD", 3, 8.1
    ),
    Touchpoint(
        "repair-south", "Repair visit South", "field-south", "post-purchase", "FIELD", 3, 7.7
    ),
    Touchpoint("self-service", "Self-service in the app", "app", "post-purchase", "APP", 7, 8.1),
    Touchpoint("loyalty-offer", "Loyalty offer", "win-back", "loyalty", "APP", 3, 7.9),
)

TITLE: Final = texts(
    "How was your contact with us?",
    "Kāda bija jūsu saziņa ar mums?",
    "Kaip sekėsi bendrauti su mumis?",
    "Kakšen je bil vaš stik z nami?",
    "Каков беше вашиот контакт со нас?",
)
SERVICE_QUALITY: Final = ("available", "competent", "fast", "personal", "relevant")
"""Standard items, whose words and scale come with the product."""
INDEX: Final = {
    "key": "service-quality",
    "name": "Service quality",
    "items": [{"standardItem": item} for item in SERVICE_QUALITY],
    "statistic": "TOP_BOX",
    "top": 2,
}
"""The input of registerMetric."""
QUESTIONS: tuple[dict[str, object], ...] = (
    {
        "key": "recommend",
        "kind": "NPS",
        **texts(
            "How likely are you to recommend us to a friend?",
            "Vai jūs ieteiktu mūs draugam?",
            "Ar rekomenduotumėte mus draugui?",
            "Ali bi nas priporočili prijatelju?",
            "Дали би нè препорачале на пријател?",
        ),
    },
    {
        "key": "satisfaction",
        "kind": "CSAT",
        "dontKnow": True,
        **texts(
            "How satisfied are you with this contact?",
            "Vai esat apmierināts ar šo saziņu?",
            "Ar esate patenkinti šiuo bendravimu?",
            "Kako zadovoljni ste s tem stikom?",
            "Колку сте задоволни од овој контакт?",
        ),
    },
    {
        "key": "easy",
        "kind": "CES",
        **texts(
            "We made it easy for you. Do you agree?",
            "Mēs to jums atvieglojām. Vai piekrītat?",
            "Mes jums tai palengvinome. Ar sutinkate?",
            "Olajšali smo vam zadevo. Se strinjate?",
            "Ви олеснивме. Дали се согласувате?",
        ),
    },
    *(dict[str, object](key=item, item=item) for item in SERVICE_QUALITY),
    {
        "key": "comment",
        "kind": "TEXT",
        **texts(
            "What is the main reason for your answer?",
            "Kāds ir galvenais jūsu atbildes iemesls?",
            "Kokia pagrindinė jūsų atsakymo priežastis?",
            "Kaj je glavni razlog za vaš odgovor?",
            "Која е главната причина за вашиот одговор?",
        ),
    },
)


def targets(today: date) -> list[dict[str, Any]]:
    """The inputs of setTarget: one for customers, one of the company for its staff."""
    due = (today + timedelta(days=180)).isoformat()
    of_root = {"department": ROOT, "due": due}
    return [
        {**of_root, "metric": "nps", "value": 40, "side": "CUSTOMER", "owner": "oidc:a-1008"},
        {**of_root, "metric": "turnoverRate", "value": 0.15, "side": "COMPANY"},
    ]


def driver_analysis(seed: int, until: datetime, today: date) -> dict[str, Any]:
    """The input of startDriverAnalysis: how service quality goes together with recommending us."""
    first, after = today - timedelta(days=ANALYSED_DAYS), today + timedelta(days=1)
    return {
        "id": str(uuid5(NAMESPACE, f"{seed}/{until}")),
        "department": ROOT,
        "survey": SURVEY,
        "metric": "nps",
        "period": {"from": first.isoformat(), "to": after.isoformat()},
    }

"""What columns are called in files that people bring: titles by field, in several languages.

Which fields a kind of import has is the noun's own; a test holds the names here to those.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

ID: Final = (
    "id", "response", "nr", "no", "number", "row id", "record id", "response id", "responseid", "respondent id",
    "submission id", "case id", "unique id", "numurs", "numeris", "stevilka", "бр", "ид", "order", "order id",
    "ticket id", "receipt id", "pasūtījums", "pasūtījuma numurs", "užsakymas", "užsakymo numeris",
    "naročilo", "številka naročila",
    "нарачка", "број на нарачка",
)  # fmt: skip
DEPARTMENT: Final = (
    "department", "dept", "dep", "team", "unit", "branch", "store", "shop", "office", "site", "location",
    "division", "market", "surgery", "clinic", "hospital", "ward", "salon", "restaurant", "hotel", "school", "agency",
    "pharmacy", "klīnika", "slimnīca", "aptieka", "klinika", "ligoninė", "vaistinė", "bolnišnica", "lekarna", "болница",
    "аптека", "department name", "business unit", "cost centre", "struktūrvienība", "nodaļa",
    "filiāle", "departaments", "komanda", "veikals", "skyrius", "padalinys", "filialas", "parduotuvė",
    "oddelek", "enota", "poslovalnica", "organizacijska enota", "sektor", "služba", "daļa", "departamentas",
    "оддел", "одделение", "тим", "продавница", "сектор", "служба", "организациска единица", "филијала", "подружница",
)  # fmt: skip
OCCURRED: Final = (
    "date", "time", "timestamp", "submitted", "submitted at", "submit date", "submission date", "submitdate",
    "date submitted", "completed", "completed at", "end date", "enddate", "answered", "answered at", "created",
    "created at", "review date", "survey date", "datums", "laiks", "datums un laiks", "iesniegts", "data", "laikas",
    "pateikta", "datum", "čas", "oddano", "датум", "време",
)  # fmt: skip
STARTED: Final = (
    "start", "started", "start date", "started on", "from", "hire date", "hired", "hired on", "date of hire",
    "joined",
    "join date", "employed from", "sākums", "sākuma datums", "pieņemts", "pieņemšanas datums", "darbā no", "no",
    "darba sākums", "darba sākuma datums", "darba attiecību sākums", "pradžia", "priimtas", "nuo", "darbo pradžia",
    "dirba nuo", "įdarbinimo data", "įsidarbinimo data", "priėmimo data", "začetek", "zaposlen od", "od",
    "datum zaposlitve", "začetek zaposlitve", "začetek dela", "datum začetka", "почеток", "вработен од",
    "датум на вработување", "почеток на работа", "почеток на работен однос", "датум на почеток",
)  # fmt: skip
LEFT_ON: Final = (
    "left on", "left", "leaving date", "leave date", "date of leaving", "date left",
    "termination date", "terminated", "end", "end date", "until", "to",
    "exit date", "leaver date",
    "beigas", "beigu datums", "atbrīvots", "darbā līdz", "līdz", "darba beigas", "darba attiecību beigas",
    "atlaišanas datums", "atbrīvošanas datums", "atlaists", "aiziešanas datums",
    "aizgājis", "pabaiga", "atleistas", "iki", "darbo pabaiga", "dirba iki",
    "atleidimo data", "išėjimo data", "konec", "zaposlen do", "do", "konec zaposlitve", "konec dela",
    "datum prenehanja", "datum odhoda", "крај", "до", "датум на престанок", "престанок на работен однос",
    "крај на работа", "датум на заминување",
)  # fmt: skip
LAST_DAY: Final = (
    "last day", "last day worked", "last working day", "last day employed", "last day of work",
    "last day of employment", "pēdējā diena", "pēdējā darba diena", "paskutinė diena", "paskutinė darbo diena",
    "zadnji dan", "zadnji delovni dan", "последен ден", "последен работен ден",
)  # fmt: skip
NAME: Final = (
    "name", "title", "department", "department name", "unit", "nosaukums", "struktūrvienība", "pavadinimas",
    "skyrius",
    "naziv", "ime", "oddelek", "назив", "име",
)  # fmt: skip
KEY: Final = (
    "key",
    "code",
    "id",
    "nr",
    "no",
    "short name",
    "kods",
    "kodas",
    "koda",
    "šifra",
    "код",
    "шифра",
)
CUSTOMER: Final = (
    "external reference", "external data reference",
    "customer", "customer id", "customer number", "client", "client id", "account", "account id", "member id",
    "klients",
    "klienta id", "klienta numurs", "klientas", "kliento id", "stranka", "клиент",
)  # fmt: skip
CHANNEL: Final = ("channel", "medium", "collector", "kanāls", "kanalas", "kanal", "канал")
COUNT: Final = (
    "n", "count", "responses", "response count", "number of responses", "respondents", "answers", "frequency",
    "total responses", "skaits", "atbilžu skaits", "skaičius", "atsakymų skaičius", "število", "število odgovorov",
    "број", "број на одговори",
)  # fmt: skip
FIELDS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "responses": {
        "id": ID,
        "occurred_at": OCCURRED,
        "department": DEPARTMENT,
        "touchpoint": ("touchpoint", "touch point", "contact point", "saskarsmes punkts"),
        "customer": CUSTOMER,
        "channel": CHANNEL,
        "segment": ("segment", "customer segment", "customer type", "segments", "segmentas", "сегмент"),
        "language": (
            "language", "start language", "startlanguage", "user language", "userlanguage", "lang",
            "valoda", "kalba", "jezik", "јазик",
        ),
        "invitation": ("invitation", "invitation token", "invite code"),
        "count": COUNT,
    },
    "departments": {
        "key": KEY,
        "name": NAME,
        "parent": (
            "parent", "parent key", "parent code", "parent department", "above", "reports to", "belongs to",
            "part of",
            "higher unit", "pakļauts", "augstākā struktūrvienība", "augstāk", "vadošā struktūrvienība",
            "priklauso", "aukštesnis skyrius",
            "nadrejeni oddelek", "nadrejena enota", "над", "припаѓа на",
        ),
        "closed_from": ("closed from", "closed", "closed on", "closes", "dissolved", "slēgts", "slēgts no", "uždarytas",
            "zaprt", "затворен"),
        "merged_into": ("merged into", "merged with", "successor", "replaced by", "pievienots", "prijungtas",
            "združen z", "споен со"),
    },
    "touchpoints": {
        "key": KEY,
        "name": (*NAME, "touchpoint", "touch point"),
        "department": ("owner", "owned by", "department owner", "responsible", "atbildīgais", "atsakingas",
            "lastnik", *DEPARTMENT),
        "stage": ("stage", "journey stage", "phase", "posms", "etapas", "faza", "фаза"),
        "channel": CHANNEL,
    },
    "customers": {
        "id": (*CUSTOMER, "id", "nr", "no", "number", "external id", "numurs", "numeris", "številka", "број"),
        "email": (
            "email", "e mail", "mail", "e mail address", "email address", "epasts", "e pasts", "el pastas", "e posta",
            "elektronska pošta", "е пошта", "мејл",
        ),
        "phone": (
            "phone", "phone number", "mobile", "mobile number", "telephone", "tel", "tālrunis", "mobilais",
            "telefonas", "mobilusis", "telefon", "mobitel", "телефон", "мобилен",
        ),
        "card": ("card", "card number", "loyalty card", "karte", "kartes numurs", "kortelė", "kartica", "картичка"),
        "account": ("account", "account number", "login", "user name", "konts", "paskyra", "račun", "сметка"),
        "name": ("name", "full name", "customer name", "vārds", "vardas", "ime", "име"),
        "country": ("country", "country code", "valsts", "šalis", "država", "земја"),
        "language": ("language", "lang", "valoda", "kalba", "jezik", "јазик"),
        "first_seen": (
            "first seen", "since", "customer since", "member since", "registered", "registered at", "created",
            "created at", "signed up", "reģistrēts", "registruotas", "registriran", "регистриран",
        ),
    },
    "consents": {
        "id": ("id", "consent id", "statement id"),
        "customer": (*CUSTOMER, "external id"),
        "email": ("email", "e mail", "mail", "e mail address", "email address", "epasts", "e pasts", "el pastas",
            "e posta", "elektronska pošta", "е пошта", "мејл"),
        "phone": ("phone", "phone number", "mobile", "telephone", "tālrunis", "telefonas", "telefon", "телефон"),
        "card": ("card", "card number", "loyalty card", "karte", "kortelė", "kartica", "картичка"),
        "account": ("account", "account number", "login", "konts", "paskyra", "račun", "сметка"),
        "purpose": ("purpose", "consent for", "consent purpose", "nolūks", "tikslas", "namen", "цел"),
        "status": ("status", "consent", "consent status", "opt in", "statuss", "statusas", "статус"),
        "at": ("at", "consent date", "consented at", "given at", "date", "datums", "data", "datum", "датум"),
        "channel": CHANNEL,
        "wording": ("wording", "consent text", "words", "formulējums", "formuluotė", "besedilo", "текст"),
        "given_for": ("given for", "reward", "in exchange for"),
        "proof": ("proof", "evidence", "pierādījums", "įrodymas", "dokazilo", "доказ"),
        "until": ("until", "valid until", "expires", "expires at", "derīgs līdz", "galioja iki", "velja do", "важи до"),
    },
    "identities": {
        "kind": ("kind", "kind 1", "type", "type 1"),
        "value": ("value", "value 1", "identifier", "identifier 1"),
        "kind2": ("kind2", "kind 2", "type2", "type 2", "other kind"),
        "value2": ("value2", "value 2", "identifier2", "identifier 2", "other"),
    },
    "purchases": {
        "id": ("invoice", "invoice no", "invoice number", "receipt", "receipt number", "receipt no", "order id",
            "order number", "transaction id", "čeka numurs", "kvito numeris", "številka računa", "број на сметка"),
        "customer": CUSTOMER,
        "occurred_at": ("invoice date", "order date", "purchase date", "date of purchase", "sold at", "bought at",
            "pirkuma datums", "pirkimo data", "datum nakupa", "датум на купување"),
        "amount": ("amount", "total", "paid", "sum", "summa", "suma", "znesek", "износ"),
        "price": ("price", "unit price", "cena", "kaina", "цена"),
        "quantity": ("quantity", "qty", "pieces", "daudzums", "kiekis", "količina", "количина"),
        "discount": ("discount", "atlaide", "nuolaida", "popust", "попуст"),
        "item": ("item", "product", "stock code", "stockcode", "sku", "article", "prece", "prekė", "izdelek",
            "производ"),
        "currency": ("currency", "valūta", "valiuta", "valuta", "валута"),
        "department": DEPARTMENT,
        "payment": ("payment", "payment method", "paid by", "maksājums", "mokėjimas", "plačilo", "плаќање"),
    },
    "points": {
        "id": ("id", "receipt", "entry", "entry id"),
        "customer": (*CUSTOMER, "external id"),
        "email": ("email", "e mail", "mail", "e mail address", "email address", "epasts", "e pasts", "el pastas",
            "e posta", "elektronska pošta", "е пошта", "мејл"),
        "phone": ("phone", "phone number", "mobile", "telephone", "tālrunis", "telefonas", "telefon", "телефон"),
        "card": ("card", "card number", "loyalty card", "karte", "kortelė", "kartica", "картичка"),
        "account": ("account", "account number", "login", "konts", "paskyra", "račun", "сметка"),
        "at": ("at", "date", "datums", "data", "datum", "датум", "earned at"),
        "points": ("points", "bonus points", "punkti", "taškai", "točke", "поени"),
        "kind": ("kind", "type", "veids", "rūšis", "vrsta", "вид"),
        "expires_on": ("expires on", "expires", "valid until", "derīgs līdz", "galioja iki", "velja do", "важи до"),
    },
    "interactions": {
        "id": ("event id", "message id", "interaction id", "interaction", "id"),
        "kind": ("event", "event name", "interaction type", "activity", "action", "notikums", "įvykis", "dogodek",
            "настан"),
        "occurred_at": ("timestamp", "original timestamp", "sent at", *OCCURRED),
        "customer": ("user id", "userid", *CUSTOMER),
        "department": DEPARTMENT,
        "touchpoint": ("touchpoint", "touch point", "contact point", "saskarsmes punkts"),
        "channel": CHANNEL,
    },
    "subscriptions": {
        "id": ("subscription", "subscription id", "contract number", "contract id", "līguma numurs",
            "sutarties numeris", "številka pogodbe", "број на договор"),
        "customer": CUSTOMER,
        "plan": ("plan", "subscription plan", "tariff", "tarifs", "planas", "tarifa", "тарифа"),
        "monthly": ("monthly", "monthly charges", "monthly fee", "fee", "mēneša maksa", "mėnesio mokestis",
            "mesečnina", "месечна претплата"),
        "department": DEPARTMENT,
        "started_on": ("subscribed on", "subscribed since", "contract start", "abonēts no", "prenumerata nuo",
            "naročen od", "претплатен од"),
        "ended_on": ("cancelled on", "canceled on", "contract ended", "atteikts", "atsisakyta", "odpovedano",
            "откажан"),
        "contract_ends_on": ("contract ends", "contract end", "bound until", "līguma beigas", "sutarties pabaiga",
            "konec pogodbe", "крај на договор"),
        "reason": ("cancellation reason", "reason", "iemesls", "priežastis", "razlog", "причина"),
    },
    "employees": {
        "id": (
            "id", "nr", "no", "number", "employee", "employee id", "employee number", "staff id", "person id",
            "personnel number", "payroll number", "tab nr", "tab no", "tabeles nr",
            "darbinieks", "darbinieka numurs", "tabeles numurs", "personāla numurs", "darbuotojas", "tabelio numeris",
            "darbuotojo numeris", "zaposleni", "kadrovska številka", "številka zaposlenega", "šifra zaposlenega",
            "вработен", "вработен број", "шифра на вработен", "број на вработен", "кадровски број",
        ),
        "department": DEPARTMENT,
        "started_on": STARTED,
        "last_day": LAST_DAY,
        "left_on": LEFT_ON,
        "tenure_years": ("tenure years", "years", "years employed", "years of service", "years at company",
        "stāžs gados", "gadi"),
        "tenure_months": ("tenure", "tenure months", "months", "months employed", "stag", "stāžs mēnešos",
        "mēneši"),
        "left": ("left", "attrition", "leaver", "event", "turnover", "churned", "gone", "aizgājis", "išėjo",
        "odšel"),
    },
    "wave": {
        "wave": ("wave", "wave key", "survey", "survey id", "pulse", "aptauja", "apklausa", "anketa", "анкета"),
        "name": ("name", "wave name", "survey name", "nosaukums", "pavadinimas", "naziv", "назив"),
        "opened_on": ("opened", "opened on", "survey start", "from", "no", "nuo", "od", "од"),
        "closed_on": ("closed", "closed on", "survey end", "until", "to", "līdz", "iki", "do", "до"),
        "department": DEPARTMENT,
        "item": ("item", "statistic", "measure", "metric", "index", "rādītājs", "rodiklis", "kazalnik", "показател"),
        "n": COUNT,
        "value": ("value", "score", "result", "vērtība", "rezultāts", "reikšmė", "vrednost", "вредност"),
        "low": ("low", "lower", "lower bound", "ci low"),
        "high": ("high", "upper", "upper bound", "ci high"),
    },
}  # fmt: skip
PERSONAL: Final = re.compile(
    r"^(name|names|vards|vardas|ime|име)$|\b(e ?mail|mail|phone|telephone|mobile|address|ip|(first|last|full|your"
    r"|customer|client|contact|employee) name|surname|birth\w*|personal (code|number|id)|national id"
    r"|uzvards|personas kods|dzim\w+|talrunis|mobilais|e ?pasta?s?|adrese|dzivesvieta"
    r"|pavarde|asmens kodas|gim(imo|es|usi)\w*|mobilusis|(el|e) pastas|adresas|gyvenamoji"
    r"|priimek|emso|davcna stevilka|roj(stv|en)\w*|mobitel|(e|elektronska) posta|naslov|prebivalisce|telefon\w*"
    r"|презиме|ембг|матичен број|раг\w+|роден\w*|телефон\w*|мобилен|(е|електронска) пошта|мејл|адреса"
    r"|живеалиште)\b"
)
E_MAIL: Final = re.compile(
    r"\b(e ?mail|e ?pasta?s?|(el|e) pastas|(e|elektronska) posta|(е|електронска) пошта|мејл)\b"
)
TECHNICAL: Final = re.compile(
    r"\b(status|progress|duration|finished|seed|ip|browser|user agent|referrer|latitude|longitude|last ?page|ref ?url"
    r"|nps group|distribution|recipient|start ?date|date ?stamp|start time|interview ?time|collector id)\b"
)
STATE: Final = re.compile(r"\b(status|response type|finished|completed?|state|statuss|pabeigts)\b")
COMPLETE: Final = frozenset(
    (
        "ip address",
        "complete",
        "completed",
        "finished",
        "true",
        "yes",
        "1",
        "submitted",
        "pabeigts",
        "pabeigta",
    )
)
"""Words of such a column for a response that counts."""
EMPLOYED: Final = re.compile(
    r"\b(employ\w*|personnel|payroll|hired?|staff id|darb(a|iniek\w*)|pienem\w*|tabel\w*|personala|darb(o|uotoj\w*)"
    r"|i(si)?darbinimo|priemimo|zapos\w*|kadrovsk\w*|dela|вработ\w*|работен|работа|кадровски)\b"
)
"""Titles of an id or a first day that say whose they are."""
SURVEY_PROGRAM: Final = re.compile(
    r"\b(response ?id|respondent id|collector id|ip address|progress|recorded ?date|user ?language|submit ?date"
    r"|last ?page)\b"
)
"""Titles that a survey program writes and no personnel office."""
COMMENT: Final = re.compile(
    r"\b(comment\w*|own words|feedback|remarks?|komentar\w*|piezim\w*|pastab\w*|opomb\w*|коментар\w*|забелешк\w*)\b"
)
RECOMMEND: Final = re.compile(r"recommend|nps|ieteik|rekomend|priporoc|препорач|likely to")
A_SCORE: Final = re.compile(
    r"scor|rating|rate|satisf|csat|point|percent|vertej|apmierin|ivertin|pasiten|ocen|оцен"
)
EASE: Final = re.compile(r"\beas[yei]|effort|viegl|lengv|enostav|лесно")
WORDS_OF_SCALES: Final[Sequence[Mapping[str, int]]] = tuple(
    dict(zip(words.split(", "), (5, 4, 3, 2, 1), strict=True))
    for words in (
        "very satisfied, satisfied, neutral, dissatisfied, very dissatisfied",
        "very satisfied, satisfied, neither satisfied nor dissatisfied, dissatisfied, very dissatisfied",
        "very satisfied, somewhat satisfied, neither satisfied nor dissatisfied, somewhat dissatisfied, very"
        " dissatisfied",
        "extremely satisfied, somewhat satisfied, neither satisfied nor dissatisfied, somewhat dissatisfied, extremely"
        " dissatisfied",
        "extremely likely, likely, neither likely nor unlikely, unlikely, extremely unlikely",
        "very good, good, neither good nor poor, poor, very poor",
        "excellent, very good, good, fair, poor",
        "excellent, good, fair, poor, very poor",
        "strongly agree, agree, neutral, disagree, strongly disagree",
        "strongly agree, agree, neither agree nor disagree, disagree, strongly disagree",
        "loti apmierinats, apmierinats, neitrali, neapmierinats, loti neapmierinats",
        "loti apmierinats, drizak apmierinats, neitrali, drizak neapmierinats, loti neapmierinats",
        "pilnigi piekritu, piekritu, neitrali, nepiekritu, pilnigi nepiekritu",
        "loti labi, labi, viduveji, slikti, loti slikti",
        "labai patenkintas, patenkintas, neutralus, nepatenkintas, labai nepatenkintas",
        "labai patenkintas, patenkintas, nei patenkintas nei nepatenkintas, nepatenkintas, labai nepatenkintas",
        "zelo zadovoljen, zadovoljen, nevtralno, nezadovoljen, zelo nezadovoljen",
        "zelo zadovoljen, zadovoljen, niti zadovoljen niti nezadovoljen, nezadovoljen, zelo nezadovoljen",
        "многу задоволен, задоволен, неутрално, незадоволен, многу незадоволен",
    )
)
DONT_KNOW: Final = frozenset(
    (
        "dont know",
        "don t know",
        "not sure",
        "no opinion",
        "nezinu",
        "gruti pateikt",
        "nezinau",
        "ne vem",
        "не знам",
    )
)
HOW_MUCH: Final = re.compile(
    r"^(very|extremely|strongly|completely|totally|loti|pilnigi|labai|visiskai|zelo|povsem|popolnoma|многу|целосно|sehr"
    r"|vollig|очень|полностью|tres|muy)\b"
)
"""How words at the ends of a scale begin."""


NUMBER_WORDS: Final = frozenset(
    (
        "nr",
        "no",
        "num",
        "number",
        "numurs",
        "numeris",
        "stevilka",
        "st",
        "sifra",
        "kods",
        "code",
        "бр",
        "број",
    )
)


def plain(title: str) -> str:
    """A title for comparison: `Department_Name` and `departmentName` -> `department name`; letters without marks."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", title)
    letters = unicodedata.normalize("NFKD", parted.casefold())
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def numbered(title: str) -> str:
    """A plain title in which every word for a number is `id`: `tab nr`, `client number`, `klienta numurs`."""
    first, *others = title.split() or [""]
    return " ".join((first, *("id" if word in NUMBER_WORDS else word for word in others)))


def fields_of(kind: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Fields of a kind of import with the plain titles that their columns have."""
    for field, titles in FIELDS[kind].items():
        yield field, tuple(dict.fromkeys(numbered(plain(title)) for title in (field, *titles)))


def is_titled(title: str, kind: str, field: str) -> bool:
    """Whether a plain title is one of those of a field."""
    return numbered(title) in dict(fields_of(kind)).get(field, ())

"""Few words about what was spoken of before: "wie doet dat dan?", "en voor theater?"."""

import re

from bot.actions.topics import Topic
from bot.nlu.context import leading_answer

_SMALL = (
    r"(?: (?:dat|dan|het|die|dit|er|daar|daarbij|daarvoor|eigenlijk|nou|precies|best|beste|"
    r"doet|doen|doe|voert|voer|uit|uitvoeren|regelt|gaat|ga|kan|kun|kunnen|moet|moeten|mag|is|zou|"
    r"wordt|worden|gedaan|verantwoordelijk|nodig|ik|je|wij|we|jullie|aan|pak|pakken|begin|beginnen|"
    r"start|starten|werkt|evalueren|evaluatie|de|zo'n))*"
)
_LEAD = r"(?:(?:en|maar|ok|oke|oké|goed|ja),? )?"
_PARTS = (
    ("rol", re.compile(rf"{_LEAD}(?:door |met )?wie{_SMALL}[\s?.!]*", re.IGNORECASE)),
    (
        "moment",
        re.compile(rf"{_LEAD}(?:wanneer|op welk moment|hoe laat){_SMALL}[\s?.!]*", re.IGNORECASE),
    ),
    ("stappenplan", re.compile(rf"{_LEAD}hoe{_SMALL}[\s?.!]*", re.IGNORECASE)),
)
_GOES_ON = re.compile(
    r"^\s*(?:en|maar|dan|of|ook|voor|bij|van|wat dan|hoe zit|idem|zelfde|hetzelfde)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:dat|die|dit|deze|dan|daar\w*|hier\w*|er(?:van|over|voor|bij|mee))\b", re.IGNORECASE
)
_NONE = r"\b(?:geen|zonder|nooit|niet|niets|niks)\b.*"
_FOR_LONG = r"(?:tijd\w*|jaar|jaren|maand\w*|lang|poos|sinds|week|weken)\b"
# How things stand, and the frequently asked question that is about it; the first that fits.
_CIRCUMSTANCES = tuple(
    (item, re.compile(form, re.IGNORECASE))
    for item, form in (
        ("faq-geen-nulmeting", rf"{_NONE}(?:nul|voor|0-?)meting\b"),
        ("faq-geen-eerdere-evaluatie", rf"{_NONE}\b(?:plan|proces)evaluatie\b"),
        ("faq-geen-plan-van-aanpak", rf"{_NONE}\b(?:\w*plan|plannen|pva)\b"),
        ("faq-geen-doel", rf"{_NONE}\bdoel\w*"),
        ("faq-al-afgelopen", r"\bal\b.*\b(?:afgelopen|afgerond|voorbij|gestopt)\b"),
        ("faq-loopt-al", rf"{_NONE}\b(?:ge[eë]valueerd|gemeten|evaluatie)\b"),
        ("faq-loopt-al", rf"\b(?:loopt|lopen|draait|draaien|bezig)\b.*\b{_FOR_LONG}"),
        ("faq-loopt-al", rf"\b{_FOR_LONG}.*\b(?:loopt|lopen|draait|draaien|bezig)\b"),
        ("faq-loopt-al", r"\bal (?:lang |een tijdje? )?(?:begonnen|gestart)\b"),
    )
)
_NAMED_PARTS = (
    ("randvoorwaarde", re.compile(r"\b(?:nodig|vereist|voldoen|eisen)\b", re.IGNORECASE)),
    ("rol", re.compile(r"\b(?:door )?wie\b", re.IGNORECASE)),
    ("moment", re.compile(r"\bwanneer\b|\bwelk moment\b", re.IGNORECASE)),
)
_ABOUT_QUESTION = re.compile(
    r"\b(?:meer|kennis|informatie|info|lees\w*|helpt|hulp)\b.*\bvraag\b", re.IGNORECASE
)
_WALK = re.compile(
    r"\b(?:loop|lopen|neem|nemen|ga|gaan|vink|vinken|kijk|kijken)\b.*\b(?:na|door|af|langs)\b|"
    r"\b(?:nalopen|doorlopen|afvinken|langslopen|doornemen|afgaan)\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"\b(?:\w*(?:lijst|list)\w*|\w*voorwaarden|punten)\b", re.IGNORECASE)
_COST_OR_DURATION = re.compile(
    r"\b(?:kost\w*|duur|duurt|prijs|prijzen|budget\w*|geld|bedrag\w*|offerte\w*|doorlooptijd|"
    r"hoe ?lang|hoeveel tijd|hoeveel uur)\b",
    re.IGNORECASE,
)
_MOMENTS = (  # the answer to "Loopt de interventie al?"; the first that fits
    (
        "vooraf",
        r"^(?:nee|nog niet|neen)\b|\b(?:nog niet|moet(?:en)? nog|gaat nog|binnenkort|van plan)\b.*|"
        r"^(?:vooraf|we starten|start)\b",
    ),
    ("achteraf", r"\b(?:afgelopen|afgerond|klaar|voorbij|gestopt|achteraf|be[eë]indigd|geweest)\b"),
    ("tijdens", r"^(?:ja|jawel|jazeker|tijdens)\b|\b(?:loopt|lopen|lopend|bezig|draait|draaien)\b"),
)
_MOST_WORDS_ON_MOMENT = 8
_MORE = re.compile(
    r"(?:en |nog |geef |toon |laat )*(?:iets )?(?:meer|de rest|verder lezen|lees verder)"
    r"(?: zien| graag| punten)*[\s?.!]*",
    re.IGNORECASE,
)
_OF_CONCERN = re.compile(
    r"\b(?:wie|waar|meld\w*|doorgeven|vertellen|politie|wijkagent|dossierhouder|hij|zij|ze|hem|haar|"
    r"wat (?:nu|dan)|wat (?:moet|kan|zou|doe|zal) ik)\b",
    re.IGNORECASE,
)
_MOST_WORDS_ON_CONCERN = 10
_GRADE = re.compile(r"\b(?:rapport|eind)?cijfers?\b", re.IGNORECASE)
_PLAN = re.compile(r"\bevaluatie-?\s?plan(?:netje)?\b", re.IGNORECASE)


def part_asked_for(text: str) -> str | None:
    """Return which part of what was spoken of is asked for: rol, moment or stappenplan."""
    whole = " ".join(text.split())
    return next((part for part, form in _PARTS if form.fullmatch(whole)), None)


def part_named_in(text: str) -> str | None:
    """Return which part of an evaluation a whole question asks for, in its own words."""
    return next((part for part, form in _NAMED_PARTS if form.search(text)), None)


def goes_on(text: str, entities: dict[str, object], topic: Topic) -> bool:
    """Tell whether a message about `entities` is about `topic` as well.

    "en voor theater?" and "welke stappen?" are; "hoe evalueer ik een ouderinterventie?" is not.
    """
    names_another = entities.get("intervention") not in (None, topic.intervention)
    return not names_another or bool(_GOES_ON.match(text))


def points_back(text: str) -> bool:
    """Tell whether a message has no subject of its own: "wat kost dat?"."""
    return bool(_GOES_ON.match(text) or _POINTS_BACK.search(text))


def circumstance_in(text: str) -> str | None:
    """Return the id of the frequently asked question about how things stand.

    "er is geen plan van aanpak" gives "faq-geen-plan-van-aanpak"; most messages give None.
    """
    return next((item for item, form in _CIRCUMSTANCES if form.search(text)), None)


def asks_about_question(text: str) -> bool:
    """Tell whether a message asks for what is known about a question of the quickscan."""
    return bool(_ABOUT_QUESTION.search(text))


def wants_walk(text: str) -> bool:
    """Tell whether a message asks to go through a list together."""
    return bool(_WALK.search(text) and _LIST.search(text))


def wants_plan(text: str) -> bool:
    """Tell whether a message is about an evaluation plan."""
    return bool(_PLAN.search(text))


def moment_in(text: str) -> str | None:
    """Return the moment that an answer to "Loopt de interventie al?" names: "loopt", "nee"."""
    if len(text.split()) > _MOST_WORDS_ON_MOMENT or text.startswith("/"):
        return None
    found = (moment for moment, form in _MOMENTS if re.search(form, text.strip(), re.IGNORECASE))
    return next(found, None)


def asks_more(text: str) -> bool:
    """Tell whether a message asks for the rest of the last answer."""
    return _MORE.fullmatch(text.strip()) is not None


def follows_concern(text: str) -> bool:
    """Tell whether a message goes on about a concern: "bij wie dan?", "hij is 17".

    One that begins with an answer ("ja, hij zit in …") does not: it answers the quickscan.
    """
    few = len(text.split()) <= _MOST_WORDS_ON_CONCERN
    return few and leading_answer(text) is None and bool(_OF_CONCERN.search(text))


def asks_grade(text: str) -> bool:
    """Tell whether a message asks for a grade; there is no source for one."""
    return bool(_GRADE.search(text))


def asks_cost_or_duration(text: str) -> bool:
    """Tell whether a message asks what an evaluation costs, or how long it takes."""
    return bool(_COST_OR_DURATION.search(text))

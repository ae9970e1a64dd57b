"""Numbers of one person: BSN, bank account, telephone."""

import re

from privacy.checks import is_bsn, is_iban
from privacy.rules import FLAGS, Rule, after, announced, before, digits_of

_NEAR = 40
_BSN_WORD = re.compile(r"\b(?:bsn|b\.s\.n|burger\s?service\s?n|sofi)", FLAGS)
_BSN_GROUPS = re.compile(
    r"\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3}|\d{2} \d{3} \d{4}"
    r"|\d{4} \d{5}|\d{5} \d{4}"
)
# Numbers of 9 digits that belong to an organisation, a paper or a budget.
_OTHER_NUMBER = re.compile(
    r"(?:\b(?:rsin|kvk|kamer van koophandel|kenmerk|isbn|issn|doi|factuur|document|order|kamerstuk"
    r"|besteknummer|projectnummer|kostenplaats|bedrag|budget|subsidie|offerte)[\w\s.:-]{0,20}"
    r"|[€$/]\s?)$",
    FLAGS,
)
_COUNTS = re.compile(r"\s?(?:euro|eur\b|€|,-|inwoners|procent|%|mensen|volgers)", FLAGS)

_IBAN_LENGTHS = {
    "AT": 20,
    "BE": 16,
    "BG": 22,
    "CH": 21,
    "CY": 28,
    "CZ": 24,
    "DE": 22,
    "DK": 18,
    "EE": 20,
    "ES": 24,
    "FI": 18,
    "FR": 27,
    "GB": 22,
    "GR": 27,
    "HR": 21,
    "HU": 28,
    "IE": 22,
    "IT": 27,
    "LT": 20,
    "LU": 20,
    "LV": 21,
    "MA": 28,
    "NL": 18,
    "NO": 15,
    "PL": 28,
    "PT": 25,
    "RO": 24,
    "RS": 22,
    "SE": 24,
    "SI": 19,
    "SK": 24,
    "TN": 24,
    "TR": 26,
    "UA": 29,
}
_DUTCH_IBAN = r"NL[ .-]?\d{2}[ .-]?[A-Z]{4}[ .-]?\d(?:[ .-]{0,3}\d){6,9}"
_FOREIGN_IBAN = "|".join(
    rf"{country}\d{{2}}(?:[ .-]?[A-Z0-9]){{{length - 4}}}"
    for country, length in _IBAN_LENGTHS.items()
    if country != "NL"
)
_ACCOUNT_WORD = re.compile(r"\b(?:iban|rekening|bankrekening|giro|bankgegevens)", FLAGS)

_INTERNATIONAL = r"\(?(?:\+|00)\s?[1-9]\d{0,2}\)?(?:[\s.-]{0,3}\(?\d\)?){7,12}"
_MOBILE = r"\(?0[\s-]?6\)?[./\s-]{0,3}(?:\d[\s.-]{0,3}){7}\d"
_LANDLINE = (
    r"\(?0[1-9]\d\)?[\s-]{0,3}(?:\d[\s.-]{0,2}){6}\d"
    r"|\(?0[1-9]\d{2}\)?[\s-]{0,3}(?:\d[\s.-]{0,2}){5}\d"
)
_DATE = re.compile(r"\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d{2}")
# Published by ESS, Platform JEP and Meld Misdaad Anoniem (domain/feiten.md, F).
_PUBLIC_PHONES = frozenset({"0703334555", "0703334558", "08007000"})


def _is_bsn(match: re.Match[str]) -> bool:
    """Accept any 8 or 9 digits that are called a BSN, otherwise 9 digits that pass the 11-check."""
    written = match.group("it")
    if _BSN_WORD.search(before(match, _NEAR)) or _BSN_WORD.search(after(match, _NEAR // 2)):
        return True
    if not _BSN_GROUPS.fullmatch(written) or not is_bsn(digits_of(written)):
        return False
    return not (_OTHER_NUMBER.search(before(match, _NEAR)) or _COUNTS.match(after(match, 12)))


def _is_account(match: re.Match[str]) -> bool:
    """Accept a Dutch account with a typing error too, others only with the right check digits."""
    compact = re.sub(r"[\s.-]", "", match.group("it")).upper()
    if compact.startswith("NL") or _ACCOUNT_WORD.search(before(match, _NEAR)):
        return True
    return _IBAN_LENGTHS.get(compact[:2]) == len(compact) and is_iban(compact)


def _is_phone(match: re.Match[str]) -> bool:
    written = match.group("it")
    local = re.sub(r"^(?:00)?31(?=\d{9}$)", "0", digits_of(written))
    return not _DATE.match(written) and local not in _PUBLIC_PHONES


ACCOUNTS = (
    Rule("iban", re.compile(rf"\b(?P<it>{_DUTCH_IBAN}|{_FOREIGN_IBAN})\b", FLAGS), _is_account),
    Rule("iban", announced(r"iban|(?:bank)?rekening\w{0,12}|giro\w{0,12}", r"\d(?:[ .-]?\d){6,9}")),
    Rule("iban", announced("iban", r"[a-z]{2}\d{2}(?:[ .-]?[a-z0-9]){8,30}")),
)
RULES = (
    Rule(
        "bsn",
        re.compile(r"(?<![\w.,/-])(?P<it>\d(?:[ .-]?\d){7,8})(?![\w/-]|[.,]\d)"),
        _is_bsn,
    ),
    Rule(
        "phone",
        re.compile(
            rf"(?<![\w/.,-])(?P<it>{_INTERNATIONAL}|{_MOBILE}|{_LANDLINE})(?![\w-]|[.,/]\d)"
        ),
        _is_phone,
    ),
    Rule(
        "phone",
        announced(
            r"tel(?:efoon)?(?:nummer|nr)?\.?|mobiel(?:nummer|e nummer)?|mob\.?|gsm|whatsapp|nummer"
            r"|06-?nummer|bel(?:\s\w{1,12}){0,2}",
            r"0?\d(?:[\s.-]?\d){8,10}",
        ),
        _is_phone,
    ),
)

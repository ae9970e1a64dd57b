"""The kinds of personal data, and the word that takes the place of each."""

import re
from types import MappingProxyType

LABELS = MappingProxyType(
    {
        "person": "naam",
        "bsn": "bsn",
        "iban": "rekeningnummer",
        "phone": "telefoonnummer",
        "email": "e-mailadres",
        "address": "adres",
        "postcode": "postcode",
        "birthdate": "geboortedatum",
        "license_plate": "kenteken",
        "username": "gebruikersnaam",
        "case_number": "zaaknummer",
        "student_number": "leerlingnummer",
        "document_number": "documentnummer",
        "ip_address": "ip-adres",
    }
)
"""The Dutch word for each kind; a message shows it between square brackets: "[naam]"."""
LABEL_PATTERN = rf"\[(?:{'|'.join(map(re.escape, LABELS.values()))})\]"

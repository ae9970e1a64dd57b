"""E-mail addresses and names on social media."""

import pytest

from privacy.redact import redact


@pytest.mark.parametrize(
    "address",
    [
        "marieke.dejong@gmail.com",
        "p_j.dehaan+werk@ziggo.nl",
        "Piet.Jansen@Gemeente-Delft.NL",
        "m@x.nl",
        "youssef_030 [at] outlook.com",
        "ahmed(at)hotmail(dot)com",
        "karin apenstaartje gmail punt com",
        "lotte punt smit at gmail punt com",
    ],
)
def test_an_email_address_is_found(address: str) -> None:
    assert redact(f"mail {address} even").text == "mail [e-mailadres] even"


@pytest.mark.parametrize("address", ["ess@minszw.nl", "info@gemeente.nl", "platformjep@minszw.nl"])
def test_the_address_of_an_organisation_stays(address: str) -> None:
    assert redact(f"mail {address} even").text == f"mail {address} even"


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("hij heet daar @lions_of_ghuraba", "@lions_of_ghuraba"),
        ("zijn tiktok is @noah.white88", "noah.white88"),
        ("Zijn snapchat is kaijzer.nl14, zegt ze", "kaijzer.nl14"),
        ("op telegram zit hij als abu_ridder07", "abu_ridder07"),
        ("Hij chat op Discord onder de naam WolfsAngel1933.", "WolfsAngel1933"),
        ("op discord is hij Ghostrider#1488", "Ghostrider#1488"),
        ("gebruikersnaam van die jongen: noorderwind", "noorderwind"),
        ("zijn account is StrijderVanHetLicht", "StrijderVanHetLicht"),
        ("op tiktok heet ze ghurabasister", "ghurabasister"),
        ("op Roblox gebruikt hij de naam 'Lone Wolf 88'", "Lone Wolf 88"),
        ("zie instagram.com/jan.piet99", "jan.piet99"),
        ("De jongen noemt zich online germanenkind.", "germanenkind"),
    ],
)
def test_a_user_name_is_found(message: str, name: str) -> None:
    assert name not in redact(message).text
    assert redact(message).kinds == ("username",)


@pytest.mark.parametrize(
    "message",
    [
        "via tiktok bereiken we jongeren, via instagram ouders",
        "op snapchat wordt veel gescholden",
        "ons twitter-account is opgeheven",
        "ik zag het bij @NCTV en @politie",
        "op discord zitten 15 jongeren van 16 jaar",
        "kijk op www.nji.nl/kennis of socialestabiliteit.nl/si-toolkit",
        "https://www.kis.nl/artikel/hoe-herken-je",
        "plan_van_aanpak_2024.docx",
        "versie 1.2.3.4 van de handreiking",
    ],
)
def test_platforms_organisations_web_addresses_and_files_stay(message: str) -> None:
    assert redact(message).text == message

import pytest

from ebw.environment import SettingsError, read_address, read_addresses

DEFAULT = "https://example.nl/api"
UNSAFE = [
    "http://example.nl",
    "http://127.0.0.1.example.nl",
    "ftp://127.0.0.1",
    "//example.nl",
    "example.nl",
    "https://",
    "https://[example.nl",
    "https://example.nl:poort",
]


@pytest.mark.parametrize("given", [{}, {"NAME": ""}])
def test_an_address_that_is_not_given_is_the_usual_one(given: dict[str, str]) -> None:
    assert read_address(given, "NAME", DEFAULT) == DEFAULT


@pytest.mark.parametrize("address", ["https://a.nl", "http://127.0.0.1:8080/x", "http://[::1]:9/"])
def test_an_address_is_safe_over_https_or_on_this_machine(address: str) -> None:
    assert read_address({"NAME": f" {address} "}, "NAME", DEFAULT) == address


@pytest.mark.parametrize("address", UNSAFE)
def test_an_address_that_is_not_safe_is_refused_by_name(address: str) -> None:
    with pytest.raises(SettingsError, match="NAME"):
        read_address({"NAME": address}, "NAME", DEFAULT)


def test_one_address_is_not_two() -> None:
    two = {"NAME": "https://a.nl, https://b.nl"}
    assert read_addresses(two, "NAME", DEFAULT) == ["https://a.nl", "https://b.nl"]
    with pytest.raises(SettingsError, match="NAME"):
        read_address(two, "NAME", DEFAULT)

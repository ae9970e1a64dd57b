import pytest

from ebw.operation import is_from_inside


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.1.2.3", "192.168.1.1", "172.16.0.1"])
def test_this_machine_and_its_network_are_inside(address: str) -> None:
    assert is_from_inside(address, {})


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00::1", "testclient", "", None])
def test_all_others_are_outside(address: str | None) -> None:
    assert not is_from_inside(address, {})


@pytest.mark.parametrize("name", ["x-forwarded-for", "forwarded", "x-real-ip"])
def test_what_a_proxy_passes_on_comes_from_outside(name: str) -> None:
    assert not is_from_inside("127.0.0.1", {name: "127.0.0.1"})

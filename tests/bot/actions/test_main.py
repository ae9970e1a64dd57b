from rasa_sdk.executor import ActionExecutor

from tests.bot.actions.conversation import DOMAIN


def test_the_action_server_finds_every_action_of_the_domain() -> None:
    executor = ActionExecutor()
    executor.register_package("bot.actions")
    assert set(DOMAIN["actions"]) <= set(executor.actions)

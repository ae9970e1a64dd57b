"""The names of contracts/nlu.md that code here decides by."""

from typing import Final

FALLBACK: Final = "nlu_fallback"
OUT_OF_SCOPE: Final = "out_of_scope"

PUBLIC_INTENTS: Final = frozenset(
    {
        "affirm",
        "ask_definition",
        "ask_offer",
        "ask_privacy",
        "bot_challenge",
        "cancel",
        "change_answer",
        "delete_data",
        "deny",
        "dont_know",
        "evaluate_intervention",
        "explain_question",
        "find_knowledge",
        "goodbye",
        "greet",
        "help",
        "inform",
        "out_of_scope",
        "partly",
        "pause_quickscan",
        "previous_question",
        "report_concern",
        "report_emergency",
        "request_advice",
        "restart_quickscan",
        "resume_quickscan",
        "show_progress",
        "show_result",
        "skip_question",
        "start_checklist",
        "start_quickscan",
        "thank",
    }
)
"""What a user may mean; `restart_quickscan` comes on top of the contract."""

REFINES: Final = {"restart_quickscan": "start_quickscan"}
"""Intents on top of the contract, and the intent of the contract that they are a kind of."""

FREE_ENTITIES: Final = frozenset({"ask", "municipality"})
"""Entities whose value is any short text; `ask` only comes from buttons."""

QUESTION_NUMBER: Final = "question_number"

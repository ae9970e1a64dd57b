"""What happens around a checklist: stopping it, showing it again, going back to the scan."""

import json

from bot.actions.checklist_speech import progress_of, tell_outcome
from bot.actions.speech import Speaker
from bot.actions.turn import LIST_ASK, PLAN_ASK
from checklists.course import Run
from checklists.session import WorkSession

OPEN_POINTS = f"{LIST_ASK}open"
NEW_PLAN = f"{PLAN_ASK}nieuw"
PERSON = {"title": "Iemand spreken", "payload": "/request_advice"}


def pause_run(session: WorkSession, speaker: Speaker) -> None:
    """Pause the checklist that waits, if there is one, and give a code to go on with."""
    if run := session.stop_run(pause=True):
        speaker.say("utter_checklist_paused", code=session.give_run_code(run), **progress_of(run))


def show_run(run: Run, speaker: Speaker) -> None:
    """Go on with a checklist: put its point, or tell what came out when it is complete."""
    if run.is_active:
        speaker.say("utter_checklist_resumed", **progress_of(run))
        speaker.ask_pending(run)
    else:
        tell_outcome(speaker.say, run, offers_after(run))


def return_to_scan(session: WorkSession, speaker: Speaker) -> None:
    """Put the question of the scan that waited while the checklist was walked."""
    if session.pending_scan:
        speaker.say("utter_back_to_scan")
        speaker.ask_pending(session.pending_scan)


def offers_after(run: Run) -> list[dict[str, str]]:
    """Offer what can be done with the outcome of a checklist."""
    named = {"intervention": run.intervention, "evaluation_type": run.evaluation_type}
    about = {name: value for name, value in named.items() if value}
    offers = []
    if run.open_points:
        payload = json.dumps({"ask": OPEN_POINTS})
        offers.append({"title": "Open punten nalopen", "payload": f"/start_checklist{payload}"})
    if run.evaluation_type:
        payload = json.dumps({**about, "ask": NEW_PLAN})
        title = "Evaluatieplan maken"
        offers.append({"title": title, "payload": f"/evaluate_intervention{payload}"})
    return [*offers, PERSON]

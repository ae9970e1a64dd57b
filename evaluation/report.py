"""A plan as text for people, or as data for a program."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from evaluation.plan import Line, Origin, Plan

SCHEMA_VERSION = "1.0"
_TOLD = {Origin.USER: "van jou", Origin.ASSISTANT: "van de assistent, geen bron"}


def text_plan(plan: Plan) -> str:
    """Return the whole plan as plain text in Dutch."""
    made, updated = f"{plan.created_at:%d-%m-%Y}", f"{plan.updated_at:%d-%m-%Y}"
    heading = f"{plan.title}\nGemaakt {made}, bijgewerkt {updated}"
    parts = [
        "\n".join([title, *(f"- {line}" for line in lines)]) for title, lines in parts_of(plan)
    ]
    return "\n\n".join([heading, *parts]) + "\n"


def parts_of(plan: Plan) -> list[tuple[str, list[str]]]:
    """Return each section's title, and its lines with where they come from."""
    return [(section.title, list(map(_told, section.lines))) for section in plan.sections]


def list_line(plan: Plan) -> str:
    """Return a plan as one line of a list."""
    return f"{plan.id}  {plan.updated_at:%Y-%m-%d}  {plan.title}"


def plan_data(plan: Plan) -> dict[str, Any]:
    """Return the plan as JSON data."""
    data = asdict(plan)
    moments = {name: _iso(data.pop(name)) for name in ("created_at", "updated_at")}
    sections = [
        {
            "id": section.id,
            "title": section.title,
            "lines": [{**asdict(line), "origin": line.origin.value} for line in section.lines],
        }
        for section in plan.sections
    ]
    return {
        "schema_version": SCHEMA_VERSION,
        "plan_id": data.pop("id"),
        **data,
        **moments,
        "sections": sections,
    }


def _told(line: Line) -> str:
    given = f" [van jou: {line.given}]" if line.given else ""
    if line.origin is Origin.SOURCE:
        codes = ", ".join(line.codes)
        return f"{line.text}{given} [bron: {line.source}; {codes}]"
    return f"{line.text}{given} [{_TOLD[line.origin]}]"


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

"""What a conversation about knowledge is about: kept, so that follow-ups need few words."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Self

MATRIX = ("sleutelfiguren", "casusoverleg", "weerbaar_opvoeden", "theater", "andere_interventie")
TYPE_FOR_MOMENT = {
    "vooraf": "planevaluatie",
    "tijdens": "procesevaluatie",
    "achteraf": "effectevaluatie",
}
# What the topic's `asking` says: a list is being chosen, removing is to be confirmed.
CHOOSING_LIST = "lijst"
DELETING = "wissen"
DROPPING = "weggooien"  # a request for advice is thrown away, if the user says so
GUIDING = "gids"  # the evaluation guide asked whether the intervention runs already
PLANNING = "plan"  # an evaluation plan is wished for, and something of it is still to be known
ASKING_GOAL = "doel"
EMERGENCY = "nood"  # 112 was just named
CONCERN = "zorg"  # a concern about a person was just told
NOT_SURE = "onzeker"  # the action server gave no reply: nobody knows whether an answer was stored
_NAMES = {
    "sleutelfiguren": "een netwerk van sleutelfiguren",
    "casusoverleg": "een multidisciplinair casusoverleg",
    "weerbaar_opvoeden": "Weerbaar Opvoeden",
    "theater": "theater",
    "andere_interventie": "een andere interventie",
    "weerbaarheid_jongeren": "weerbaarheid van jongeren",
    "begeleiding_jongeren": "begeleiding van jongeren",
    "lotgenotencontact": "lotgenotencontact",
    "deskundigheidsbevordering": "deskundigheidsbevordering",
    "lokale_aanpak": "de lokale aanpak",
}


@dataclass(frozen=True, slots=True)
class Topic:
    """What was named so far; `evaluating` while the guide is finding out which evaluation fits.

    `asking` names a question that was put without a scan or a checklist; it lasts for one turn.
    `more` is the item and the page of it that the last answer left unsaid.
    """

    intervention: str | None = None
    evaluation_type: str | None = None
    content_kind: str | None = None
    evaluating: bool = False
    asking: str | None = None
    more: str | None = None

    @classmethod
    def of_slot(cls, slot: dict[str, Any] | None) -> Self:
        """Return the topic that a slot holds; an empty one when it holds none."""
        return cls(**slot) if slot else cls()

    def as_slot(self) -> dict[str, Any] | None:
        """Return the topic as a slot value; None when nothing was named."""
        return asdict(self) if self != Topic() else None

    def with_entities(self, entities: dict[str, Any]) -> "Topic":
        """Return the topic with what a message names in place of what was named before."""
        moment_type = TYPE_FOR_MOMENT.get(entities.get("moment", ""))
        named: dict[str, Any] = {
            "intervention": entities.get("intervention"),
            "evaluation_type": entities.get("evaluation_type") or moment_type,
            "content_kind": entities.get("content_kind"),
        }
        return replace(self, **{name: value for name, value in named.items() if value})

    def asking_for(self, asking: str | None) -> "Topic":
        """Return the topic with what is asked in it."""
        return replace(self, asking=asking)

    @property
    def asks_moment(self) -> bool:
        """Tell whether it was just asked if the intervention runs already."""
        waits = self.evaluating and self.intervention is not None and self.evaluation_type is None
        return waits and self.asking in (GUIDING, PLANNING)

    @property
    def is_cell(self) -> bool:
        """Tell whether both the intervention and the kind of evaluation are known."""
        return self.intervention is not None and self.evaluation_type is not None

    @property
    def row(self) -> str | None:
        """The row of the toolkit's matrix: what it has no row for is an "andere interventie"."""
        if self.intervention is None or self.intervention in MATRIX:
            return self.intervention
        return "andere_interventie"

    @property
    def spoken_intervention(self) -> str:
        """The intervention in a sentence."""
        return _NAMES.get(self.intervention or "", "deze interventie")

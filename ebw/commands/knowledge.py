"""`ebw knowledge`: checking the content and bringing it into use."""

import argparse
from dataclasses import asdict

from ebw.output import add_json_option, as_json, write
from knowledge.answering import ask, name_source
from knowledge.loading import check_all, load_all
from knowledge.search import Hit, search
from storage.database import engine


def add_to(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this group."""
    actions = groups.add_parser("knowledge", help="de inhoud").add_subparsers(
        required=True, metavar="ACTIE"
    )
    check = actions.add_parser("check", help="de inhoud op fouten nakijken")
    check.set_defaults(run=_check)
    add_json_option(check)
    load = actions.add_parser("load", help="de inhoud in gebruik nemen")
    load.set_defaults(run=_load)
    add_json_option(load)
    searching = actions.add_parser("search", help="de inhoud doorzoeken")
    searching.add_argument("question", metavar="VRAAG")
    searching.add_argument("--limit", type=_positive, default=10, metavar="N")
    searching.set_defaults(run=_search)
    add_json_option(searching)
    asking = actions.add_parser("ask", help="een vraag stellen zoals een gebruiker dat doet")
    asking.add_argument("question", metavar="VRAAG")
    asking.set_defaults(run=_ask)
    add_json_option(asking)


def _check(options: argparse.Namespace) -> int:
    faults = check_all()
    if options.json:
        write(as_json([asdict(fault) for fault in faults]))
    else:
        write("\n".join(map(str, faults)) or "Geen fouten gevonden.")
    return 1 if faults else 0


def _load(options: argparse.Namespace) -> None:
    load_all(engine())
    write(as_json({"loaded": True}) if options.json else "De inhoud is in gebruik.")


def _search(options: argparse.Namespace) -> None:
    hits = search(options.question, options.limit)
    if options.json:
        write(as_json([_as_data(hit) for hit in hits]))
    else:
        write("\n".join(map(_as_line, hits)) or "Niets gevonden.")


def _ask(options: argparse.Namespace) -> None:
    reply = ask(options.question)
    if not options.json:
        write(reply.answer)
        return
    data = {
        "answer": reply.answer,
        "items": [item.id for item in reply.items],
        "sources": reply.sources,
        "no_source": reply.no_source,
    }
    write(as_json(data))


def _as_data(hit: Hit) -> dict[str, object]:
    item = hit.item
    return {
        "id": item.id,
        "kind": item.kind,
        "title": item.title,
        "text": item.full_text,
        "interventions": sorted(item.interventions),
        "evaluation_types": sorted(item.evaluation_types),
        "source": {"title": item.source.title, "url": item.source.url},
        "score": hit.score,
    }


def _as_line(hit: Hit) -> str:
    return f"{hit.score:.2f}  {hit.item.title} [{hit.item.id}] ({name_source(hit.item)})"


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        message = f"geen aantal van 1 of meer: {text!r}"
        raise argparse.ArgumentTypeError(message)
    return int(text)

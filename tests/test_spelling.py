"""Everything a user reads is spelled correctly, by Debian's Dutch hunspell dictionary.

What the dictionary does not know but the field uses is in ``tests/data/woordenlijst.txt``.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode
from spylls.hunspell import Dictionary  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[1]
DICTIONARY = Path("/usr/share/hunspell/nl_NL")
WORD_LIST = ROOT / "tests" / "data" / "woordenlijst.txt"
# Words by which a user is recognised, common misspellings among them; nobody gets to read them.
NOT_SHOWN = {"vocabulary.yml", "zoekwoorden.yml"}
# Fields that hold identifiers, addresses and links between items.
NOT_TEXT = {
    *("code", "completeness", "custom", "evaluation_types", "id", "image", "interventions", "kind"),
    *("instead", "knowledge", "payload", "seed", "synonyms", "theme", "url", "version"),
}
# Where texts stand in the program itself, and what stands there for engineers.
ROOMS_THAT_SPEAK = ("advice", "bot/actions", "bot/channels")
SHOWN_IN_MANIFEST = ("(description)", "(usage_hint)", "(title)", "(short)", "(full)", "(name)")
NOT_FOR_USERS = {"NOT_CHECKED"}
NOT_WORDS = re.compile(
    r"\{[^{}]*\}"  # a placeholder
    r"|https?://\S+|\S+@\S+"
    r"|[\w.-]+\.(?:nl|com|eu|org)\b(?:/\S*)?"
    r"|(?<!\S)/\w+"  # a command such as /help
    r"|\bebw [a-z]+ [a-z]+|(?<!\S)--[a-z]+"  # a command of `ebw`
    r"|\b[\w-]*\d[\w-]*",  # a number or a resume code
)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")  # noqa: RUF001 - a Dutch apostrophe
MIN_PART = 4
MIN_FIRST_PART = 5


class Passage(NamedTuple):
    """A text that users see, and where it stands."""

    place: str
    text: str


@cache
def load_dictionary(stem: Path) -> Dictionary:
    """Give the hunspell dictionary ``stem``.aff/.dic (about 1.5 s); fail when it is not there."""
    if not stem.with_suffix(".dic").exists() or not stem.with_suffix(".aff").exists():
        pytest.fail(f"no Dutch dictionary at {stem}.dic: apt-get install hunspell-nl")
    return Dictionary.from_files(str(stem))


@cache
def field_words() -> frozenset[str]:
    """Give the words of the field's own list, without its comments."""
    lines = (line.strip() for line in WORD_LIST.read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def is_known(word: str) -> bool:
    """Tell whether the dictionary or the field's list has this word, compounds of it included."""
    listed = field_words()
    uncapitalised = word[:1].lower() + word[1:]
    return word in listed or uncapitalised in listed or load_dictionary(DICTIONARY).lookup(word)


def is_field_compound(word: str) -> bool:
    """Tell whether the word is a word of the field's list with a known word behind it."""
    lowered = word.lower()
    return any(
        lowered.startswith(first.lower())
        and len(rest := lowered[len(first) :].removeprefix("-")) >= MIN_PART
        and is_known(rest)
        for first in field_words()
        if len(first) >= MIN_FIRST_PART
    )


def is_hyphenated_compound(word: str) -> bool:
    """Tell whether the word is known words joined by hyphens, one of them from the field's list."""
    parts = word.split("-")
    return len(parts) > 1 and not field_words().isdisjoint(parts) and all(map(is_known, parts))


@cache
def is_spelled_correctly(word: str) -> bool:
    """Tell whether a Dutch reader would find nothing wrong with this word."""
    return is_known(word) or is_field_compound(word) or is_hyphenated_compound(word)


def misspelled_words(text: str) -> list[str]:
    """Give the misspelled words of a text, in order; addresses and placeholders are not words."""
    words = WORD.findall(NOT_WORDS.sub(" ", text))
    return [word for word in words if not is_spelled_correctly(word)]


def passages(node: Node, path: Path, field: str = "") -> Iterator[Passage]:
    """Give every text under a YAML node, but for the fields that hold no text."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value not in NOT_TEXT:
                yield from passages(value, path, key.value)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from passages(item, path, field)
    elif node.tag == "tag:yaml.org,2002:str":
        yield Passage(f"{path.name}:{node.start_mark.line + 1} ({field})", node.value)


def constant_passages(path: Path) -> Iterator[Passage]:
    """Give the texts among a module's constants: on buttons and cards, in answers and mails.

    A text has a space in it, or a capital; what looks like a regular expression is none.
    """
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        names = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
        for part in ast.walk(node.value):
            text = part.value if isinstance(part, ast.Constant) else None
            if isinstance(text, str) and not names & NOT_FOR_USERS and is_text(text):
                yield Passage(f"{path.name}:{part.lineno}", text)


def is_text(constant: str) -> bool:
    """Tell whether a string in a program is a text for people."""
    is_pattern = re.search(r"[\\|^$\[\]]|\(\?", constant) is not None
    return not is_pattern and re.search(r"\S \S|^[A-Z][a-z]", constant) is not None


def shown_passages(path: Path) -> list[Passage]:
    """Give the texts of a content file, a program, or of the responses in a Rasa domain."""
    if path.suffix == ".py":
        return list(constant_passages(path))
    root = YAML(typ="safe", pure=True).compose(path)
    if path.name.startswith("manifest"):
        return [one for one in passages(root, path) if one.place.endswith(SHOWN_IN_MANIFEST)]
    if path.name == "domain.yml":
        root = next(value for key, value in root.value if key.value == "responses")
    return list(passages(root, path))


def shown_files() -> list[Path]:
    """Give the files with texts that users see."""
    programs = [path for room in ROOMS_THAT_SPEAK for path in sorted((ROOT / room).glob("*.py"))]
    contents = sorted((ROOT / "knowledge" / "content").glob("*.yml"))
    manifests = sorted((ROOT / "deploy").glob("*/manifest.*"))
    files = [*contents, ROOT / "domain.yml", *manifests, *programs]
    return [path for path in files if path.exists() and path.name not in NOT_SHOWN]


@pytest.mark.parametrize("path", shown_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_that_users_see_is_spelled_correctly(path: Path) -> None:
    faults = [
        f"{place}: {word}"
        for place, text in shown_passages(path)
        for word in misspelled_words(text)
    ]
    assert not faults, "\n".join(["misspelled, or missing from woordenlijst.txt:", *faults])


def test_the_questions_of_the_quickscan_are_among_the_texts() -> None:
    texts = [text for _, text in shown_passages(ROOT / "knowledge" / "content" / "quickscan.yml")]
    assert any("dossierhouder radicalisering" in text for text in texts)
    assert not any("https://" in text for text in texts)


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("bot/channels/requests.py", "Ik pak dit op"),
        ("bot/channels/slack_blocks.py", "Wat bewaar je?"),
        ("bot/channels/replies.py", "Bron"),
        ("bot/actions/speech.py", "Klopt, rond af"),
        ("advice/request.py", "Evaluatie opzetten"),
        ("deploy/slack/manifest.yml", "Start de quickscan, of stel een vraag"),
        ("deploy/teams/manifest.json", "Waar je bent in de scan"),
    ],
)
def test_what_the_program_itself_says_is_among_the_texts(module: str, text: str) -> None:
    assert text in [one for _, one in shown_passages(ROOT / module)]


@pytest.mark.parametrize(
    "word",
    ["burgemester", "dosierhouder", "zorgparters", "beleidmedewerker", "jihadismebestrijing"],
)
def test_a_misspelling_is_found(word: str) -> None:
    assert misspelled_words(f"Vraag de {word} om hulp.") == [word]


@pytest.mark.parametrize(
    "word",
    ["sleutelfigurennetwerk", "toolkitpagina", "jihadismebestrijding", "ESS-adviseur"],
)
def test_a_correct_compound_is_accepted(word: str) -> None:
    assert misspelled_words(f"Vraag naar {word}.") == []


def test_a_missing_space_after_a_full_stop_hides_no_misspelling() -> None:
    assert misspelled_words("Kijk naar de aanpack.Dan verder.") == ["aanpack"]


@pytest.mark.parametrize(
    "text",
    ["kis.nl/xyzzy", "ess@minszw.nl", "{naam_xq}", "https://a.nl/qqz", "7KQF-2MXD-9R4T"],
)
def test_addresses_placeholders_and_codes_are_not_words(text: str) -> None:
    assert misspelled_words(f"Kijk bij {text}, bijvoorbeeld.") == []


def test_a_missing_dictionary_is_a_failure_that_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="apt-get install hunspell-nl"):
        load_dictionary(tmp_path / "nl_NL")

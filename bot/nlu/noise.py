"""Typing errors, made on purpose: each training example is also shown as typed in a hurry."""

import random
from collections.abc import Sequence

from knowledge.words import words_of

_SHARE = 0.15
_SHORTEST = 4
_NEIGHBOURS = "aeinorst"


def hurried(text: str, lemmas: Sequence[str], chance: random.Random) -> tuple[str, list[str]]:
    """Return `text` and its lemmas with an error in about one word of seven.

    A word with an error is its own lemma, as it would be when someone really typed it.
    """
    words = words_of(text)
    noisy_lemmas = list(lemmas)
    pieces: list[str] = []
    end = 0
    for place, word in enumerate(words):
        written = text[word.start : word.end]
        if len(written) >= _SHORTEST and written.isalpha() and chance.random() < _SHARE:
            written = misspelt(written, chance)
            if len(noisy_lemmas) == len(words):
                noisy_lemmas[place] = written.lower()
        pieces += [text[end : word.start], written]
        end = word.end
    return "".join([*pieces, text[end:]]), noisy_lemmas


def misspelt(word: str, chance: random.Random) -> str:
    """Return `word` with one error inside: a letter left out, doubled, swapped or replaced."""
    place = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    kinds = (
        before + after,
        before + after[0] + letter + after[1:],
        before + letter + letter + after,
        before + chance.choice(_NEIGHBOURS) + after,
    )
    return chance.choices(kinds, weights=(30, 25, 25, 20))[0]

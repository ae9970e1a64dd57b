from knowledge.words import breaks_between, fold, words_of


def test_folding_leaves_case_accents_and_kinds_of_apostrophe_out() -> None:
    assert fold("Súdwest-FRYSLÂN") == "sudwest-fryslan"
    assert fold("BOA\u2019s") == "boa's"


def test_words_keep_their_place_in_the_original_text() -> None:
    text = "Één vraag: geëvalueerd?"
    words = words_of(text)
    assert [word.folded for word in words] == ["een", "vraag", "geevalueerd"]
    assert [text[word.start : word.end] for word in words] == ["Één", "vraag", "geëvalueerd"]


def test_a_hyphen_parts_words_and_an_apostrophe_does_not() -> None:
    assert [word.folded for word in words_of("pga-overleg met boa's")] == [
        "pga",
        "overleg",
        "met",
        "boa's",
    ]


def test_a_clause_ends_at_punctuation_but_not_after_an_abbreviation() -> None:
    text = "Ja. Vraag nr. 8"
    yes, question, number, eight = words_of(text)
    assert breaks_between(text, yes, question)
    assert not breaks_between(text, question, number)
    assert not breaks_between(text, number, eight)

"""Presidio: its analyser cell by cell, with recognisers for Chinese data and the header as context."""

import tempfile
from importlib.metadata import version

import spacy
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
from presidio_analyzer.nlp_engine import NlpEngineProvider
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    EmailRecognizer,
    IbanRecognizer,
    IpRecognizer,
    MacAddressRecognizer,
)

from chinese import KNOWN, strong, whole, words
from tables import SAMPLE, decide, main

LANGUAGE = "zh"
# A weak form needs the header: context adds 0.35 and lifts to 0.4 at least.
STRONG, WEAK, THRESHOLD = 0.6, 0.1, 0.4
SHARE = 0.7
# Presidio's own entities, by the class that is nearest.
NAMES = {
    "EMAIL_ADDRESS": "contact.email",
    "IP_ADDRESS": "network.ip",
    "MAC_ADDRESS": "device.id",
    "CREDIT_CARD": "finance.bank_card",
    "IBAN_CODE": "finance.account",
}


class Recogniser(PatternRecognizer):
    """A class by its forms, with its words as context and its check where it has one."""

    def __init__(self, name):
        known = KNOWN[name]
        forms = [(form, STRONG) for form in strong(name)] + [(whole(form), WEAK) for form in known.weak]
        patterns = [Pattern(f"{name} {at}", form, score) for at, (form, score) in enumerate(forms)]
        super().__init__(name, name=name, supported_language=LANGUAGE, patterns=patterns, context=words(known))
        self.check = known.check

    def validate_result(self, pattern_text):
        if self.check and not self.check(pattern_text):
            return False
        return None


def engine():
    registry = RecognizerRegistry(supported_languages=[LANGUAGE])
    for predefined in (EmailRecognizer, IpRecognizer, MacAddressRecognizer, CreditCardRecognizer, IbanRecognizer):
        registry.add_recognizer(predefined(supported_language=LANGUAGE))
    for name in KNOWN:
        registry.add_recognizer(Recogniser(name))
    with tempfile.TemporaryDirectory() as folder:
        spacy.blank(LANGUAGE).to_disk(folder)
        models = [{"lang_code": LANGUAGE, "model_name": folder}]
        nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    return BatchAnalyzerEngine(AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=[LANGUAGE]))


def column(analyser, header, cells):
    """For every cell, the scores of the classes in it."""
    context = [header] if header else []
    scored = []
    for results in analyser.analyze_iterator(cells, LANGUAGE, context=context, score_threshold=0.0):
        scores = {}
        for result in results:
            name = NAMES.get(result.entity_type, result.entity_type)
            scores[name] = max(result.score, scores.get(name, 0.0))
        scored.append(scores)
    return scored


def best(scores):
    """The class of a cell: what scores highest, if it scores enough."""
    top = max(scores.values(), default=0.0)
    return {name for name, score in scores.items() if score == top and score >= THRESHOLD}


def say(every):
    analyser = engine()
    return [
        [
            decide([best(scores) for scores in column(analyser, header, cells)], SHARE)
            for header, cells in zip(table.headers, table.columns)
        ]
        for table in every
    ]


if __name__ == "__main__":
    main(
        "Presidio",
        version("presidio-analyzer"),
        f"a recogniser for each of {len(KNOWN)} classes (forms, check digits, context words) beside its own of e-mail, "
        f"IP, MAC, card and IBAN; language {LANGUAGE} on a blank spaCy pipeline, the header as context; a column is "
        f"what scores highest, {THRESHOLD} at least, in {SHARE:.0%} of its cells; {SAMPLE} cells of each",
        KNOWN,
        say,
    )

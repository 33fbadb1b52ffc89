"""Presidio: its analyser cell by cell, with its English recognisers (`shipped`) or for Chinese data (`chinese`)."""

import sys
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

# A weak form needs the header: context adds 0.35 and lifts to 0.4 at least.
STRONG, WEAK, THRESHOLD = 0.6, 0.1, 0.4
SHARE = 0.5
# Presidio's own entities, by the class that is nearest; persons and places take a model.
NAMES = {
    "EMAIL_ADDRESS": "contact.email",
    "IP_ADDRESS": "network.ip",
    "MAC_ADDRESS": "device.id",
    "CREDIT_CARD": "finance.bank_card",
    "IBAN_CODE": "finance.account",
    "PHONE_NUMBER": "contact.mobile",
    "US_BANK_NUMBER": "finance.account",
    "US_DRIVER_LICENSE": "identity.driver_licence",
    "US_PASSPORT": "identity.passport",
    "US_SSN": "identity.social_security",
}
ENTITIES = {**NAMES, **{name: name for name in KNOWN}}


class Recogniser(PatternRecognizer):
    """A class by its forms, with its words as context and its check where it has one."""

    def __init__(self, name):
        known = KNOWN[name]
        forms = [(form, STRONG) for form in strong(name)] + [(whole(form), WEAK) for form in known.weak]
        patterns = [Pattern(f"{name} {at}", form, score) for at, (form, score) in enumerate(forms)]
        super().__init__(name, name=name, supported_language="zh", patterns=patterns, context=words(known))
        self.check = known.check

    def validate_result(self, pattern_text):
        if self.check and not self.check(pattern_text):
            return False
        return None


def registry(mode):
    if mode == "shipped":
        found = RecognizerRegistry(supported_languages=["en"])
        found.load_predefined_recognizers(languages=["en"])
        return found
    found = RecognizerRegistry(supported_languages=["zh"])
    for predefined in (EmailRecognizer, IpRecognizer, MacAddressRecognizer, CreditCardRecognizer, IbanRecognizer):
        found.add_recognizer(predefined(supported_language="zh"))
    for name in KNOWN:
        found.add_recognizer(Recogniser(name))
    return found


def engine(mode, language):
    """An analyser on a pipeline that only splits words."""
    with tempfile.TemporaryDirectory() as folder:
        spacy.blank(language).to_disk(folder)
        models = [{"lang_code": language, "model_name": folder}]
        nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    return BatchAnalyzerEngine(AnalyzerEngine(registry=registry(mode), nlp_engine=nlp, supported_languages=[language]))


def column(analyser, language, header, cells):
    """The classes of a column."""
    context = [header] if header else []
    found = analyser.analyze_iterator(cells, language, context=context, score_threshold=THRESHOLD)
    return decide([{ENTITIES[name] for name in entities(results) if name in ENTITIES} for results in found], SHARE)


def entities(results):
    return {result.entity_type for result in results}


def say(every, mode):
    language = "en" if mode == "shipped" else "zh"
    analyser = engine(mode, language)
    return [
        [column(analyser, language, header, cells) for header, cells in zip(table.headers, table.columns)]
        for table in every
    ]


def run(mode):
    if mode == "shipped":
        what, classes = "the recognisers that it loads for English", set(NAMES.values())
    else:
        what = f"a recogniser for each of {len(KNOWN)} classes (forms, check digits, context words) beside its own of "
        what, classes = f"{what}e-mail, IP, MAC, card and IBAN", KNOWN
    configuration = (
        f"{what}; a blank spaCy pipeline, the header as context; a column is what scores {THRESHOLD} at least in "
        f"{SHARE:.0%} of its cells; {SAMPLE} cells of each"
    )
    main(f"Presidio ({mode})", version("presidio-analyzer"), configuration, classes, lambda every: say(every, mode))


if __name__ == "__main__":
    run(sys.argv.pop(3))

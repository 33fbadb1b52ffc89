"""DataHub's classifier of columns, with information types for Chinese data by header and cells."""

import contextlib
import importlib
import logging
import tempfile
from importlib.metadata import version

import spacy
from datahub_classify.helper_classes import ColumnInfo, Metadata
from datahub_classify.infotype_predictor import predict_infotypes

from chinese import KNOWN, words
from tables import SAMPLE, main

# Loaded on import, for types that are not used here: a model that knows nothing does.
MODEL = "en_core_web_sm"
with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
    spacy.blank("en").to_disk(MODEL)
    importlib.import_module("datahub_classify.infotype_helper")

THRESHOLD = 0.7
# How much header and cells count, for forms that tell a class alone and for those that do not.
STRONG = {"Name": 0.2, "Values": 1.0}
WEAK = {"Name": 0.5, "Values": 0.5}


def information_type(weights, forms, header_words):
    return {
        "Prediction_Factors_and_Weights": {"Description": 0, "Datatype": 0, **weights},
        "ExcludeName": [],
        "Name": {"regex": [f".*(?:{'|'.join(header_words)}).*"]},
        "Description": {"regex": []},
        "Datatype": {"type": ["str"]},
        "Values": {"prediction_type": "regex", "regex": [f"(?i:{form})" for form in forms], "library": []},
    }


def information_types():
    """By name: of every class one for forms that tell it, and one for all its forms with the header."""
    types = {}
    for name, known in KNOWN.items():
        if known.strong:
            types[f"{name}/strong"] = information_type(STRONG, known.strong, words(known))
        if known.weak:
            types[f"{name}/weak"] = information_type(WEAK, known.strong + known.weak, words(known))
    return types


def column(types, header, cells):
    """The classes that DataHub proposes for a column."""
    info = ColumnInfo(Metadata({"Name": header, "Datatype": "str"}), list(cells))
    (info,) = predict_infotypes([info], THRESHOLD, types, minimum_values_threshold=1)
    return {proposal.infotype.split("/")[0] for proposal in info.infotype_proposals}


def say(every):
    logging.disable(logging.WARNING)
    types = information_types()
    return [[column(types, header, cells) for header, cells in zip(table.headers, table.columns)] for table in every]


if __name__ == "__main__":
    main(
        "DataHub classify",
        version("acryl-datahub-classify"),
        f"information types of our own for {len(KNOWN)} classes (forms and words of headers, no check digits), weights "
        f"{STRONG['Name']}/{STRONG['Values']} (header/cells) for forms that tell a class, "
        f"{WEAK['Name']}/{WEAK['Values']} for those that need the header, confidence above {THRESHOLD}; "
        f"{SAMPLE} cells of each column",
        KNOWN,
        say,
    )

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
from tables import main

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


def configuration(strong=STRONG, weak=WEAK):
    types = {}
    for name, known in KNOWN.items():
        if known.strong:
            types[f"{name}/strong"] = information_type(strong, known.strong, words(known))
        if known.weak:
            types[f"{name}/weak"] = information_type(weak, known.strong + known.weak, words(known))
    return types


def column(types, header, cells):
    """The information types of a column, with confidence."""
    info = ColumnInfo(Metadata({"Name": header, "Datatype": "str"}), list(cells))
    (info,) = predict_infotypes([info], 0.0, types, minimum_values_threshold=1)
    return {proposal.infotype: float(proposal.confidence_level) for proposal in info.infotype_proposals}


def said(confidences, threshold=THRESHOLD):
    return {name.split("/")[0] for name, score in confidences.items() if score > threshold}


def say(every):
    logging.disable(logging.WARNING)
    types = configuration()
    return [
        [said(column(types, header, cells)) for header, cells in zip(table.headers, table.columns)] for table in every
    ]


if __name__ == "__main__":
    main("acryl-datahub-classify", version("acryl-datahub-classify"), "", KNOWN, say)

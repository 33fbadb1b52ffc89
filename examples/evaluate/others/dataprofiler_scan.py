"""DataProfiler: labels of columns, by the network that it ships (`network`) or by forms of Chinese data (`forms`)."""

import contextlib
import logging
import os
import random
import sys
import warnings
from importlib.metadata import version

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
warnings.simplefilter("ignore")

import dataprofiler  # noqa: E402
import pandas  # noqa: E402
from dataprofiler.labelers.data_processing import DirectPassPreprocessor, StructRegexPostProcessor  # noqa: E402
from dataprofiler.labelers.regex_model import RegexModel  # noqa: E402

from chinese import TOLD, strong  # noqa: E402
from tables import SAMPLE, main  # noqa: E402

# The network's labels, by the class that is nearest. UUIDs, hashes, dates, URLs, states and numbers have none.
NETWORK = {
    "ADDRESS": "contact.address",
    "BAN": "finance.account",
    "CREDIT_CARD": "finance.bank_card",
    "DRIVERS_LICENSE": "identity.driver_licence",
    "EMAIL_ADDRESS": "contact.email",
    "IPV4": "network.ip",
    "IPV6": "network.ip",
    "MAC_ADDRESS": "device.id",
    "PERSON": "person.name",
    "PHONE_NUMBER": "contact.mobile",
    "SSN": "identity.social_security",
}
FORMS = {name: strong(name) for name in TOLD}
UNKNOWN = "UNKNOWN"


def labeler_by_forms():
    """The network's place taken by the library's model of regular expressions, for whole cells."""
    labeler = dataprofiler.DataLabeler(labeler_type="structured")
    parameters = {
        "regex_patterns": {UNKNOWN: [], **FORMS},
        "encapsulators": {"start": "", "end": ""},
        "ignore_case": False,
        "default_label": UNKNOWN,
    }
    labeler.set_preprocessor(DirectPassPreprocessor())
    labeler.set_model(RegexModel({name: at for at, name in enumerate([UNKNOWN, *FORMS])}, parameters))
    labeler.set_postprocessor(StructRegexPostProcessor(random_state=random.Random(0)))
    return labeler


def profiler_options(labeler):
    options = dataprofiler.ProfilerOptions()
    options.set(
        {
            "*.is_enabled": False,
            "structured_options.multiprocess.is_enabled": False,
            "structured_options.data_labeler.is_enabled": True,
            "structured_options.data_labeler.data_labeler_object": labeler,
        }
    )
    return options


def labels(labeler, cells):
    """The labels of a column as DataProfiler reports them, joined by `|` where it cannot tell them apart."""
    if not cells:
        return []
    profile = dataprofiler.Profiler(pandas.DataFrame({"column": cells}), options=profiler_options(labeler))
    (column,) = profile.report()["data_stats"]
    return (column["data_label"] or "").split("|")


def say(every, labeler, names):
    return [
        [{names[name] for name in labels(labeler, cells) if name in names} for cells in table.columns]
        for table in every
    ]


def run(mode):
    logging.disable(logging.WARNING)
    dataprofiler.set_verbosity(logging.ERROR)
    if mode == "forms":
        labeler, names = labeler_by_forms(), {name: name for name in FORMS}
        what = "its labeler of regular expressions given forms of Chinese data instead of its network; no headers"
    else:
        labeler, names = dataprofiler.DataLabeler(labeler_type="structured"), NETWORK
        what = "as shipped: its character-level network, trained on American data; no headers"
    configuration = f"`dataprofiler.Profiler`, {what}; the label that its report gives a column; {SAMPLE} cells of each"
    with open(os.devnull, "w") as silence, contextlib.redirect_stdout(silence), contextlib.redirect_stderr(silence):
        main(
            f"DataProfiler ({mode})",
            version("DataProfiler"),
            configuration,
            set(names.values()),
            lambda every: say(every, labeler, names),
        )


if __name__ == "__main__":
    run(sys.argv.pop(3))

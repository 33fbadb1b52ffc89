"""The scan that many companies write themselves: a dozen regular expressions, and a column is what most of its cells are."""

import platform
import re

from chinese import COMPOUND_SURNAMES, KNOWN, SURNAMES, compiled
from tables import decide, main

SHARE = 0.5
CLASSES = [
    "identity.resident_id",
    "identity.residence_permit",
    "identity.travel_permit",
    "identity.passport",
    "contact.mobile",
    "contact.landline",
    "contact.email",
    "contact.address",
    "finance.bank_card",
    "org.uscc",
    "vehicle.plate",
    "vehicle.vin",
    "network.ip",
]
FORMS = {name: compiled(KNOWN[name].strong) for name in CLASSES}
FORMS["person.name"] = re.compile(rf"(?:[{SURNAMES}]|{COMPOUND_SURNAMES})[一-鿿]{{1,2}}")


def column(cells):
    return [{name for name, form in FORMS.items() if form.fullmatch(cell)} for cell in cells]


def say(every):
    return [[decide(column(cells), SHARE) for cells in table.columns] for table in every]


if __name__ == "__main__":
    main(
        "regular expressions",
        f"(Python {platform.python_version()} re)",
        f"{len(FORMS)} expressions without checks or headers; a column is what {SHARE:.0%} of its cells match as a whole",
        FORMS,
        say,
    )

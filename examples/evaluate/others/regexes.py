"""The scan that many companies write themselves: regular expressions, and a column is what most of its cells are."""

import platform
import re

from chinese import TOLD, strong
from tables import SAMPLE, decide, main

SHARE = 0.5
FORMS = {name: re.compile("|".join(strong(name))) for name in TOLD}


def column(cells):
    return decide([{name for name, form in FORMS.items() if form.search(cell)} for cell in cells], SHARE)


def say(every):
    return [[column(cells) for cells in table.columns] for table in every]


if __name__ == "__main__":
    main(
        "regular expressions",
        f"(Python {platform.python_version()})",
        f"{len(FORMS)} classes, no check digits, no headers; a column is what is in {SHARE:.0%} of its cells; {SAMPLE} "
        f"cells of each",
        FORMS,
        say,
    )

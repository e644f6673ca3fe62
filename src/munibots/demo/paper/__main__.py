"""``python -m munibots.demo.paper FORM``: make ``layout.yaml`` and ``blank-1.png`` … of a form from its ``sheet.yaml``."""

from __future__ import annotations

import sys

from munibots.definitions import places
from munibots.demo.paper.make import make_form_paper
from munibots.errors import MunibotsError


def main(arguments: list[str]) -> int:
    """Make the paper of each form named; answers an exit code."""
    if not arguments:
        print("使い方: python -m munibots.demo.paper 様式の名前 …", file=sys.stderr)
        return 2
    for form_id in arguments:
        try:
            for path in make_form_paper(places.find("forms", form_id)):
                print(path)
        except MunibotsError as e:
            print(e, file=sys.stderr)
            return e.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

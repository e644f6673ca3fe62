"""Finds who fills in a form: the module of this package that bears the form's name."""

from __future__ import annotations

import random
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.people import People
from munibots.errors import DefinitionNotFoundError

__all__ = ["make_entries"]

Maker = Callable[[random.Random, People], Filled]


def make_entries(form_id: str, rng: random.Random, people: People) -> Filled:
    """Fill in one form, coherently: ages, dates, sums and family ties fit.

    Args:
        form_id: Which form.
        rng: Where all chance comes from; with ``people`` in the same state it gives the same form.
        people: Makes the persons.

    Raises:
        DefinitionNotFoundError: Nobody in the demo city fills in this form.
    """
    module = f"{__package__}.{form_id}"
    if not form_id.isidentifier() or find_spec(module) is None:
        raise DefinitionNotFoundError(kind="デモの記入例", name=form_id)
    make: Maker = import_module(module).make
    return make(rng, people)

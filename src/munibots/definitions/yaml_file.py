"""A YAML file with the line of each of its parts, checked against a JSON Schema of ``schemas/``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from munibots.errors import DefinitionError

__all__ = ["YamlFile"]

_SCHEMAS = Path(__file__).parent / "schemas"


class YamlFile:
    """One definition file.

    Args:
        path: The file, UTF-8.
        schema: Name of the schema in ``schemas/`` without its ending.

    Attributes:
        path: The file.
        data: Its contents.

    Raises:
        DefinitionError: Missing, not YAML, or not as the schema says; with file and line.
    """

    def __init__(self, path: Path, schema: str) -> None:
        import yaml

        self.path = path
        self.data: dict[str, Any]
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as e:
            raise DefinitionError(file=path, line=0, problem="ファイルを読めません。") from e
        except UnicodeDecodeError as e:
            raise DefinitionError(file=path, line=0, problem="文字コードが UTF-8 ではありません。") from e
        try:
            self._node = yaml.compose(text, Loader=yaml.SafeLoader)
            self.data = yaml.safe_load(text)
        except yaml.MarkedYAMLError as e:
            line = e.problem_mark.line + 1 if e.problem_mark else 0
            raise DefinitionError(file=path, line=line, problem=f"YAML として読めません({e.problem})。") from e
        error = next(
            iter(sorted(_validator(schema).iter_errors(self.data), key=lambda e: list(map(str, e.path)))),
            None,
        )
        if error is not None:
            where = ".".join(str(p) for p in error.path) or "(全体)"
            raise self.error(tuple(error.path), f"{where}: {_in_japanese(error.validator, error)}")

    def line(self, path: Sequence[str | int]) -> int:
        """The line, from 1, on which the part at ``path`` begins (or the nearest part above it)."""
        import yaml

        node = self._node
        line = 1 if node is None else node.start_mark.line + 1
        for step in path:
            below = None
            if isinstance(node, yaml.MappingNode):
                below = next((v for k, v in node.value if k.value == str(step)), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                below = node.value[step]
            if below is None:
                break
            node = below
            line = node.start_mark.line + 1
        return line

    def error(self, path: Sequence[str | int], problem: str) -> DefinitionError:
        """The error that says that the part at ``path`` is wrong."""
        return DefinitionError(file=self.path, line=self.line(path), problem=problem)


@cache
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads((_SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8")))


def _in_japanese(validator: str, error: Any) -> str:
    expected = error.validator_value
    if validator == "required":
        missing = [key for key in expected if key not in error.instance]
        return f"{'、'.join(missing)} がありません。"
    if validator == "additionalProperties":
        known = set(error.schema.get("properties", {}))
        extra = [key for key in error.instance if key not in known]
        return f"知らない項目です: {'、'.join(map(str, extra))}。使えるのは {'、'.join(sorted(known))} です。"
    if validator == "enum":
        return f"{error.instance!r} は使えません。使えるのは {'、'.join(map(str, expected))} です。"
    if validator == "type":
        return f"型が違います({expected} にしてください)。"
    if isinstance(error.instance, Mapping):
        return "書き方が決まりと違います。"
    return f"{error.instance!r} は書き方が決まりと違います({validator} {expected})。"

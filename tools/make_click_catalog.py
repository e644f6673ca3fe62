"""Write the catalogue by which Click speaks Japanese, from ``cli/locale/ja.json``.

Click translates by ``gettext``, which reads compiled catalogues only. Run ``python tools/make_click_catalog.py`` after a change of
the JSON; a test says when the two differ. A list stands for a text with a plural, of which Japanese has none. The form of the file
is that of https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html.
"""

from __future__ import annotations

import gettext
import json
import struct

from munibots.cli.click_language import DOMAIN, LOCALES

SOURCE = LOCALES / "ja.json"
COMPILED = LOCALES / "ja" / "LC_MESSAGES" / f"{DOMAIN}.mo"

_HEAD = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"
_MAGIC = 0x950412DE
_HEAD_BYTES = 28


def compiled() -> bytes:
    """The catalogue as bytes."""
    texts: dict[str, str | list[str]] = json.loads(SOURCE.read_text(encoding="utf-8"))
    pairs = {"": _HEAD}
    for text, translated in texts.items():
        if isinstance(translated, list):
            # Click's singular and plural differ; gettext looks up by the singular alone.
            pairs[f"{text}\0{text}"] = "\0".join(translated)
        else:
            pairs[text] = translated
    ordered = sorted((k.encode(), v.encode()) for k, v in pairs.items())
    offset = _HEAD_BYTES + 16 * len(ordered)
    tables, body = [b"", b""], b""
    for which in (0, 1):
        for pair in ordered:
            tables[which] += struct.pack("<II", len(pair[which]), offset + len(body))
            body += pair[which] + b"\0"
    second = _HEAD_BYTES + 8 * len(ordered)
    head = struct.pack("<7I", _MAGIC, 0, len(ordered), _HEAD_BYTES, second, 0, 0)
    return head + tables[0] + tables[1] + body


def main() -> None:
    """Write the file, and read it back."""
    COMPILED.write_bytes(compiled())
    with COMPILED.open("rb") as file:
        print(f"{COMPILED.name}: {len(gettext.GNUTranslations(file)._catalog)} texts")  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()

"""Scripts that look at a page. Each does its work in one call, because a call costs more than the work."""

from __future__ import annotations

from typing import Final

from munibots.domain.screen import Locator

__all__ = ["FAST_FILL", "FIND", "LOCATE", "READ", "READ_ROWS", "STATE", "as_argument"]

FIND: Final = """
function all(at, root) {
  root = root || document;
  if (at[0] === 'css') return Array.from(root.querySelectorAll(at[1]));
  if (at[0] === 'id') return Array.from(root.querySelectorAll('[id="' + CSS.escape(at[1]) + '"]'));
  if (at[0] === 'name') return Array.from(root.querySelectorAll('[name="' + CSS.escape(at[1]) + '"]'));
  const found = document.evaluate(at[1], root, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
  return Array.from({length: found.snapshotLength}, (_, i) => found.snapshotItem(i));
}
function visible(e) {
  return !!(e.offsetWidth || e.offsetHeight || e.getClientRects().length) && getComputedStyle(e).visibility !== 'hidden';
}
function held(e) {
  if (!e) return null;
  if (e.type === 'radio' || e.type === 'checkbox') return String(e.checked);
  if (['INPUT', 'SELECT', 'TEXTAREA'].includes(e.tagName)) return e.value;
  return e.textContent.trim();
}
"""

STATE: Final = (
    FIND
    + """
const entry = performance.getEntriesByType('navigation')[0];
return [
  document.readyState === 'loading' ? [] : arguments[0].map(at => all(at).some(visible)),
  entry && entry.responseStatus || 0,
  !document.URL.startsWith('chrome-error:'),
];
"""
)

# For each action [locator, kind, text]: [element to act on or null, what it holds now, index of the problem].
LOCATE: Final = (
    FIND
    + """
return arguments[0].map(([at, kind, text]) => {
  const e = all(at).find(x => visible(x) && !x.disabled && !x.readOnly);
  if (!e) return [null, null];
  if (kind !== 'choose') return [e, held(e)];
  const option = Array.from(e.options || []).find(o => o.value === text && !o.disabled);
  return [option || null, e.value];
});
"""
)

READ: Final = FIND + "return arguments[0].map(at => held(all(at)[0]));"

READ_ROWS: Final = (
    FIND
    + """
const [rows, cells] = arguments;
return all(rows).map(row => cells.map(at => held(all(at, row)[0])));
"""
)

# The events are those a keyboard causes last; some screens compute other fields on them.
FAST_FILL: Final = (
    FIND
    + """
for (const [at, kind, text] of arguments[0]) {
  const e = all(at).find(visible);
  if (kind === 'tick') { e.click(); continue; }
  e.focus();
  if (kind === 'fill' && e.maxLength >= 0) e.value = text.slice(0, e.maxLength); else e.value = text;
  e.dispatchEvent(new Event('input', {bubbles: true}));
  e.dispatchEvent(new Event('change', {bubbles: true}));
  e.blur();
}
"""
)


def as_argument(at: Locator) -> list[str]:
    """A locator as the scripts take it."""
    return [at.how, at.text]

"""A picture of a page on which nothing personal is to be seen, although the page may change at any moment.

The page is covered, shot, and then asked whether all that is to be covered stayed where it was all the while, in the same
document. Only such a picture is kept; until then it is in memory only.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Final

from munibots.domain.screen import Locator
from munibots.entering.drivers.page_scripts import FIND, as_argument

__all__ = ["covered_picture"]

_TRIES: Final = 5
_SETTLE_S: Final = 0.2
"""How long a changing page is given before the next try; each time as long again."""

# Places of what must be covered are compared after every change of the document, before every frame, and after the shot: what
# was painted meanwhile was compared. The covers hang in a popover, which lies above the dialogs that the page itself opened. What
# is known of a page hangs on its document: another document has none.
_COVER: Final = (
    FIND
    + """
const cover = arguments[0];
const always = 'input:not([type=submit]):not([type=button]):not([type=image]):not([type=hidden]), select, textarea, ' +
  '[contenteditable], iframe, frame, object, embed';
function places() {
  const targets = new Set(document.querySelectorAll(always));
  for (const at of cover) all(at).forEach(e => targets.add(e));
  return Array.from(targets).flatMap(e => Array.from(e.getClientRects()))
    .filter(r => r.width && r.height)
    .map(r => [r.left, r.top, r.width, r.height].map(Math.round));
}
const seen = places();
const sheet = document.createElement('div');
sheet.setAttribute('data-munibots-cover', '');
sheet.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;margin:0;border:0;padding:0;background:none;' +
  'overflow:visible;pointer-events:none;z-index:2147483647';
for (const [left, top, width, height] of seen) {
  const box = document.createElement('div');
  box.style.cssText = 'position:absolute;background:#333;left:' + (left - 1) + 'px;top:' + (top - 1) + 'px;width:' +
    (width + 2) + 'px;height:' + (height + 2) + 'px';
  sheet.appendChild(box);
}
document.documentElement.appendChild(sheet);
if (sheet.showPopover) { sheet.popover = 'manual'; sheet.showPopover(); }
else if (document.querySelector('dialog[open]')) { sheet.remove(); return false; }
const asked = JSON.stringify(seen);
const watch = document.munibotsCovered = {whole: document.readyState !== 'loading'};
watch.look = () => {
  const laid = Array.from(sheet.children, box => box.getBoundingClientRect());
  const fits = laid.length === seen.length && laid.every((r, i) =>
    Math.abs(r.left + 1 - seen[i][0]) < 1 && Math.abs(r.top + 1 - seen[i][1]) < 1 &&
    Math.abs(r.width - 2 - seen[i][2]) < 1 && Math.abs(r.height - 2 - seen[i][3]) < 1);
  if (!fits || JSON.stringify(places()) !== asked) watch.whole = false;
};
const leave = () => { watch.whole = false; };
const observer = new MutationObserver(watch.look);
observer.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
let frame = 0;
const tick = () => { watch.look(); frame = requestAnimationFrame(tick); };
tick();
addEventListener('pagehide', leave);
watch.end = () => {
  observer.disconnect();
  cancelAnimationFrame(frame);
  removeEventListener('pagehide', leave);
  sheet.remove();
  delete document.munibotsCovered;
};
return watch.whole;
"""
)

_STAYED: Final = """
const watch = document.munibotsCovered;
if (!watch) return false;
watch.look();
return watch.whole;
"""

_UNCOVER: Final = "if (document.munibotsCovered) document.munibotsCovered.end();"


def covered_picture(driver: Any, cover: Sequence[Locator]) -> bytes | None:
    """Shoot the page that a browser shows, with every input, every frame and the elements of ``cover`` blacked out.

    Args:
        driver: A Selenium driver.

    Returns:
        PNG; ``None`` if the page did not hold still in a few tries, or cannot be covered.

    Raises:
        WebDriverException, HTTPError, OSError: The browser or its driver has ended.
    """
    from selenium.common.exceptions import InvalidSessionIdException, NoSuchWindowException, WebDriverException

    arguments = [as_argument(at) for at in cover]
    for attempt in range(_TRIES):
        time.sleep(_SETTLE_S * attempt)
        try:
            picture = _shoot(driver, arguments)
        except (InvalidSessionIdException, NoSuchWindowException):
            raise
        except WebDriverException:
            continue  # the document went away under the script, or a dialog is open
        if picture is not None:
            return picture
    return None


def _shoot(driver: Any, arguments: list[list[str]]) -> bytes | None:
    try:
        if not driver.execute_script(_COVER, arguments):
            return None
        picture: bytes = driver.get_screenshot_as_png()
        return picture if driver.execute_script(_STAYED) else None
    finally:
        driver.execute_script(_UNCOVER)

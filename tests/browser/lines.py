"""Where the lines of a page end, as the eye sees it: an amount or a telephone number stands on one."""

from playwright.sync_api import Page

BROKEN = r"""() => {
  const units = "€|EUR|Euro|m²|cm|%|Uhr|Zimmer|km|m(?![a-zäöü²])";
  const whole = [
    new RegExp(`\\d[\\d.,]*\\s(?:${units})`, "g"), /€\s?\d[\d.,]*/g, /(?:\+49|\b0\d{2,4})[\s\/][\d\s]{4,}\d/g,
  ];
  const broken = [], range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.checkVisibility()) continue;
    for (const pattern of whole) {
      for (const found of node.data.matchAll(pattern)) {
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        const tops = [...range.getClientRects()].filter(box => box.width > 0).map(box => Math.round(box.top));
        if (Math.max(...tops) - Math.min(...tops) > 4) broken.push(found[0]);
      }
    }
  }
  return broken;
}"""


def broken_amounts(page: Page, *widths: int) -> list[tuple[int, str]]:
    """Amounts, measures and telephone numbers that go on in the next line, by the width of the window."""
    before, found = page.viewport_size, []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 640})
        found += [(width, each) for each in page.evaluate(BROKEN)]
    if before is not None:
        page.set_viewport_size(before)
    return found

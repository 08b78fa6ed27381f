"""Texts that would do something where a page took them for more than text, and how to see what they did."""

from typing import Final

SCRIPT: Final = '"><img src=x onerror="window.hurt=1"><script>window.hurt=1</script>'
FORMULA: Final = '=HYPERLINK("https://evil.example","x")'
BIDI: Final = "\u202egnp.exe\u2066 \u2069"
PAYLOADS: Final = (SCRIPT, FORMULA, BIDI)
ALL: Final = f"{SCRIPT} {BIDI}"

HARM: Final = """() => {
  const found = [];
  if (window.hurt) found.push("a script ran");
  if (document.querySelector("[onerror], [src=x], main script")) found.push("a text became elements");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: holder, previousSibling, nextSibling } = walker.currentNode;
    if (!/[\\u202a-\\u202e\\u2066-\\u2069]/.test(data) || holder.closest("textarea, option")) continue;
    const { display, unicodeBidi } = getComputedStyle(holder);
    const isApart = !display.startsWith("inline") || unicodeBidi.includes("isolate");
    const isAlone = [previousSibling, nextSibling].every((one) => !one?.textContent.trim());
    if (!isApart || !isAlone) found.push(`turns what stands beside it: ${holder.outerHTML}`);
  }
  return found;
}"""
"""Scripts that ran, elements that a text became, texts that turn the direction of others; empty where nothing is."""
SHOWN: Final = """() => document.body.innerText +
  [...document.querySelectorAll("input, textarea")].map(({ value }) => value).join(" ")"""
EMBED: Final = """(text) => {
  const place = document.createElement("p");
  place.innerHTML = text;
  place.append(" and more");
  document.querySelector("main").append(place);
}"""
"""What a page does that takes a text for HTML: a control, which the detector must see."""

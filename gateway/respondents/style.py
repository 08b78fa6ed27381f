"""The style of the respondent's page, whole: it stands in every page, and the policy allows this text alone."""

from base64 import b64encode
from hashlib import sha256
from typing import Final

STYLE: Final = """
:root {
  color-scheme: light dark;
  --page: #fff; --soft: #eef1f4; --ink: #17202b; --ink-2: #4a5563; --control: #7a8694;
  --act: #1f5fae; --on-act: #fff; --err: #8c0f42;
}
@media (prefers-color-scheme: dark) {
  :root { --page: #10141a; --soft: #212934; --ink: #e8ecf1; --ink-2: #aab4c0; --control: #7d8997;
    --act: #7fb2f7; --on-act: #10141a; --err: #ffa9c6; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 1.125rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial,
    sans-serif; }
.sheet { max-width: 38rem; margin: 0 auto; padding: 1rem .75rem 3rem; }
h1, h2, p, fieldset { margin: 0; padding: 0; border: 0; }
fieldset { min-width: 0; }
.bar { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 0 1rem;
  min-height: 3rem; padding-bottom: .75rem; font-size: 1rem; }
.bar a, .other a { color: var(--ink-2); display: inline-flex; align-items: center; min-height: 3rem; }
.bar nav { display: flex; flex-wrap: wrap; gap: 0 .75rem; }
.from { font-weight: 600; overflow-wrap: anywhere; }
.progress { margin-top: 1.25rem; color: var(--ink-2); font-size: 1rem; }
.track { display: flex; gap: 4px; margin-top: .5rem; }
.track i { flex: 1; height: 4px; border-radius: 2px; background: var(--soft); box-shadow: inset 0 0 0 1px
  var(--control); }
.track i.on { background: var(--act); box-shadow: none; }
h1, h2 { font-size: 1.5rem; line-height: 1.3; font-weight: 650; margin-top: 1.5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; }
.asked + .asked { margin-top: 2.5rem; border-top: 1px solid var(--control); }
legend { padding: 0; }
.hint { color: var(--ink-2); margin-top: .5rem; }
.promise { margin-top: .75rem; }
.scale { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); margin-top: 1.25rem; }
.scale label { position: relative; display: grid; place-items: center; min-height: 3.5rem; border: 1px solid
  var(--control); margin-left: -1px; cursor: pointer; font-weight: 600; font-variant-numeric: tabular-nums; }
.scale label:first-of-type { border-radius: 8px 0 0 8px; margin-left: 0; }
.scale label:last-of-type { border-radius: 0 8px 8px 0; }
.scale input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
.scale label:hover { background: var(--soft); }
.scale label:has(:checked) { background: var(--act); color: var(--on-act); border-color: var(--act); }
.scale label:has(:focus-visible) { outline: 3px solid var(--ink); outline-offset: 2px; z-index: 1;
  border-radius: 4px; }
.ends { display: flex; justify-content: space-between; gap: 1.5rem; margin-top: .5rem; font-size: 1rem; color:
  var(--ink-2); }
.ends span:last-child { text-align: right; }
.list { margin-top: 1.25rem; display: grid; gap: .5rem; }
.list label { display: flex; align-items: center; gap: .75rem; min-height: 3rem; padding: .5rem .75rem; border:
  1px solid var(--control); border-radius: 8px; cursor: pointer; }
.list input { width: 1.375rem; height: 1.375rem; margin: 0; accent-color: var(--act); flex: none; }
.list label:has(:checked) { border-color: var(--act); box-shadow: inset 0 0 0 1px var(--act); background:
  var(--soft); }
.list label:has(:focus-visible) { outline: 3px solid var(--ink); outline-offset: 2px; }
textarea, .number, .typed { display: block; width: 100%; min-height: 8rem; margin-top: 1.25rem; padding: .75rem;
  border: 1px solid var(--control); border-radius: 8px; background: var(--page); color: var(--ink); font:
  inherit; resize: vertical; }
.number, .typed { min-height: 3rem; }
.number { max-width: 6rem; }
textarea:focus-visible, input.number:focus-visible, input.typed:focus-visible, button:focus-visible,
  a:focus-visible, .problem:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.acts { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.75rem; }
button { min-height: 3rem; padding: 0 1.5rem; border-radius: 8px; border: 1px solid var(--act); background:
  var(--act); color: var(--on-act); font: inherit; font-weight: 600; cursor: pointer; }
button.second { background: none; color: var(--ink); border-color: var(--control); font-weight: 400; }
a { color: var(--act); }
.problem { border: 3px solid var(--err); border-radius: 8px; padding: .75rem 1rem; margin-top: 1.25rem; }
.problem p { font-weight: 650; }
.problem a { color: var(--err); display: inline-block; padding: .75rem 0; }
.err { color: var(--err); font-weight: 600; margin-top: .75rem; }
.bad .scale label { border-color: var(--err); }
.box { background: var(--soft); border-radius: 8px; padding: 1rem; margin-top: 1.25rem; }
.other { margin-top: 1.5rem; font-size: 1rem; }
.code { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; font-weight: 600;
  letter-spacing: .05em; white-space: nowrap; }
.sheet p + p { margin-top: .75rem; }
.sheet .bar p { margin: 0; }
.far { display: none; }
@media (max-width: 20.5em) {
  .scale { grid-auto-flow: row; gap: .375rem; }
  .scale label, .scale label:first-of-type, .scale label:last-of-type { margin: 0; border-radius: 8px;
    min-height: 3rem; display: flex; align-items: center; gap: .75rem; padding: .25rem .75rem; }
  .ends { display: none; }
  .far { display: inline; font-weight: 400; }
}
@media (min-width: 40em) { .sheet { padding-top: 2.5rem; } }
@media (forced-colors: active) { .scale label:has(:checked) { forced-color-adjust: none; background: Highlight;
  color: HighlightText; } }
@media print { .acts, .bar a, .other { display: none; } }
"""

_HASH: Final = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Content-Security-Policy of every page: no script, no picture, no frame, no form that leads elsewhere."""

import { saveBlob } from "../save.ts";

const SCALE = 2;
/** Attributes of SVG, for the policy of the page takes no `style`. */
const DRAWN = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "paint-order",
  "vector-effect",
];
const WRITTEN = ["font-family", "font-size", "font-weight"];

/** Saves what a card draws, with its title, as a picture of the colours on the screen. */
export async function savePicture(card: HTMLElement, name: string): Promise<void> {
  const { width, height } = card.getBoundingClientRect();
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  picture.setAttribute("width", String(width * SCALE));
  picture.setAttribute("height", String(height * SCALE));
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const ground = document.createElementNS(picture.namespaceURI, "rect") as SVGRectElement;
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", getComputedStyle(card).backgroundColor);
  picture.append(ground, ...drawings(card), ...texts(card));
  const blob = new Blob([new XMLSerializer().serializeToString(picture)], {
    type: "image/svg+xml",
  });
  saveBlob(name, await rasterOf(blob, width * SCALE, height * SCALE));
}

/** Every drawing of the card where it stands, with the styles that the page gives it. */
function drawings(card: HTMLElement): Element[] {
  const from = card.getBoundingClientRect();
  return [...card.querySelectorAll<SVGSVGElement>("svg")]
    .filter((svg) => svg.parentElement?.closest("svg") === null)
    .map((svg) => {
      const box = svg.getBoundingClientRect();
      const copy = svg.cloneNode(true) as SVGSVGElement;
      const parts = svg.querySelectorAll("*");
      copy.querySelectorAll("*").forEach((part, at) => {
        const style = getComputedStyle(parts[at] ?? svg);
        take(part, style, [...DRAWN, ...WRITTEN]);
      });
      copy.setAttribute("x", String(box.x - from.x));
      copy.setAttribute("y", String(box.y - from.y));
      copy.setAttribute("width", String(box.width));
      copy.setAttribute("height", String(box.height));
      copy.setAttribute("overflow", "visible");
      return copy;
    });
}

/** Words of the card, line by line, but for its buttons. */
function texts(card: HTMLElement): Element[] {
  const from = card.getBoundingClientRect();
  const found: Element[] = [];
  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent === null || parent.closest("svg, button, .vh") !== null) continue;
    const style = getComputedStyle(parent);
    for (const { words, box } of linesOf(node)) {
      const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
      text.setAttribute("x", String(box.x - from.x));
      text.setAttribute("y", String(box.y - from.y + box.height * 0.78));
      text.setAttribute("fill", style.color);
      take(text, style, WRITTEN);
      text.textContent = words;
      found.push(text);
    }
  }
  return found;
}

/** The words of a text as they stand in lines, each line with its place. */
function linesOf(node: Node): { words: string; box: DOMRect }[] {
  const lines: { words: string; box: DOMRect }[] = [];
  for (const { 0: word, index } of (node.textContent ?? "").matchAll(/\S+/g)) {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const box = range.getClientRects()[0];
    const last = lines.at(-1);
    if (box === undefined) continue;
    if (last !== undefined && Math.abs(last.box.y - box.y) < 1) last.words += ` ${word}`;
    else lines.push({ words: word, box });
  }
  return lines;
}

function take(part: Element, style: CSSStyleDeclaration, properties: string[]): void {
  for (const property of properties) part.setAttribute(property, style.getPropertyValue(property));
}

async function rasterOf(blob: Blob, width: number, height: number): Promise<Blob> {
  const image = new Image();
  image.src = URL.createObjectURL(blob);
  await image.decode();
  URL.revokeObjectURL(image.src);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext("2d")?.drawImage(image, 0, 0);
  return new Promise((done, failed) => {
    canvas.toBlob(
      (raster) => (raster === null ? failed(new Error("no picture")) : done(raster)),
      "image/png",
    );
  });
}

import qrcode from "qrcode-generator";

/** Light modules around a code, without which cameras do not find it. */
const QUIET = 4;
const PNG_PIXELS = 1024;

export interface Code {
  /** Modules on a side, the quiet ones included. */
  size: number;
  /** The dark modules as an SVG path, one unit a module. */
  path: string;
}

export function codeOf(text: string): Code {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const dark: string[] = [];
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (code.isDark(row, column)) dark.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`);
    }
  }
  return { size: count + 2 * QUIET, path: dark.join("") };
}

/** The code as a file of its own: black on white in any theme. */
export function svgOf({ size, path }: Code): Blob {
  const drawn =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="512" height="512">` +
    `<rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
  return new Blob([drawn], { type: "image/svg+xml" });
}

/** The same as a picture of about 1,024 pixels a side, each module a whole number of them. */
export function pngOf({ size, path }: Code): Promise<Blob | null> {
  const scale = Math.max(1, Math.floor(PNG_PIXELS / size));
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * scale;
  const context = canvas.getContext("2d");
  if (context === null) return Promise.resolve(null);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  context.fillStyle = "#000";
  context.fill(new Path2D(path));
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

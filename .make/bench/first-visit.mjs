// The bytes of every file that a browser with an empty cache loads for a page, as they cross the wire.
import { request } from "node:http";

const get = (address, cookie) =>
  new Promise((resolve, reject) => {
    request(address, { headers: { cookie, "accept-encoding": "br" } }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => resolve(Buffer.concat(chunks)));
    })
      .on("error", reject)
      .end();
  });

// As browsers choose the files of a font: by the characters that the page has.
const inRange = (code, face) =>
  [...face.match(/unicode-range:([^;}]*)/)[1].matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)].some(
    ([, from, to = from]) => parseInt(from, 16) <= code && code <= parseInt(to, 16),
  );

const imports = (file, script) =>
  [...script.matchAll(/import[^"';]*from\s*["'](\.[^"']+)/g)].map(
    ([, from]) => new URL(from, `http://localhost${file}`).pathname,
  );

export async function firstVisit({ base, cookie }, path) {
  const text = async (address) => (await fetch(new URL(address, base), { headers: { cookie } })).text();
  const html = await text(path);
  const css = [...html.matchAll(/href="([^"]+\.css)"/g)].map((match) => match[1]);
  const fonts = (await Promise.all(css.map(text))).flatMap((sheet) =>
    [...sheet.matchAll(/@font-face\s*{[^}]*}/g)]
      .filter(([face]) => [...html].some((character) => inRange(character.codePointAt(0), face)))
      .map(([face]) => face.match(/url\(["']?(\/[^"')]+)/)[1]),
  );
  const linked = [...html.matchAll(/(?:href|src)="(\/[^"]+\.(?:js|wasm|svg|woff2))"/g)].map((match) => match[1]);
  const scripts = linked.filter((file) => file.endsWith(".js"));
  const imported = (await Promise.all(scripts.map(async (file) => imports(file, await text(file))))).flat();
  const files = [path, ...new Set([...css, ...fonts, ...linked, ...imported])];
  return Promise.all(files.map(async (file) => [file, (await get(new URL(file, base), cookie)).length]));
}

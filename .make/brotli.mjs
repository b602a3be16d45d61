// Writes `file.br` beside every file of a folder that compresses well, and removes those whose file is gone.
import { readdirSync, rmSync, statSync, existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress); // in threads, several at once
const compressible = /\.(css|html|js|json|svg|txt|wasm|webmanifest)$/;
const newer = (a, b) => !existsSync(b) || statSync(a).mtimeMs > statSync(b).mtimeMs;

async function write(file) {
  const bytes = await readFile(file);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await writeFile(`${file}.br`, await compress(bytes, { params }));
}

const files = readdirSync(process.argv[2], { recursive: true }).map((entry) => join(process.argv[2], entry));
for (const file of files) {
  if (file.endsWith(".br") && !existsSync(file.slice(0, -3))) rmSync(file);
}
await Promise.all(files.filter((file) => compressible.test(file) && newer(file, `${file}.br`)).map(write));

// Writes `file.br` beside every file of a folder that compresses well, and removes those whose file is gone.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const compressible = /\.(css|html|js|json|svg|txt|wasm|webmanifest)$/;
const newer = (a, b) => !existsSync(b) || statSync(a).mtimeMs > statSync(b).mtimeMs;

for (const entry of readdirSync(process.argv[2], { recursive: true })) {
  const file = join(process.argv[2], entry);
  if (file.endsWith(".br") && !existsSync(file.slice(0, -3))) rmSync(file);
  if (!compressible.test(file) || !newer(file, `${file}.br`)) continue;
  const bytes = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
}

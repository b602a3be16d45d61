// Gives the functions that a module takes from its script short names: wasm-bindgen's end in sixteen digits, which no
// compression makes shorter. `short-names.mjs MODULE SCRIPT NAMES` changes the first two in place, but for the functions'
// names in the script: those it writes, the new by the old ones, as esbuild takes them.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { IMPORTS, imports, sections, withImportsRenamed } from "./wasm.mjs";

/** What wasm-bindgen calls the script within the module. */
const SCRIPT = "./sekisho_bg.js";

const [module, script, written] = process.argv.slice(2);
const bytes = readFileSync(module);
const all = imports(bytes, sections(bytes)(IMPORTS));
const long = all.filter(({ module, name }) => module === SCRIPT && /_[0-9a-f]{16}$/.test(name));
const names = Object.fromEntries(long.map(({ name }, index) => [name, `$${index.toString(36)}`]));

// An update may come between the two files. Their names must then not meet by chance: as before, the module is refused.
const digest = createHash("sha256").update(JSON.stringify(names)).digest("hex").slice(0, 8);
writeFileSync(
  module,
  withImportsRenamed(bytes, ({ module, name }) => ({
    module: module === SCRIPT ? digest : module,
    name: names[name] ?? name,
  })),
);
writeFileSync(script, readFileSync(script, "utf8").replaceAll(JSON.stringify(SCRIPT), JSON.stringify(digest)));
writeFileSync(written, JSON.stringify(names));

// Merges modules that areas share: wasm-split makes one for every set of areas that have functions in common, and an area
// would ask for dozens of small ones. `merge-parts.mjs FOLDER` changes the modules and their script in place.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXPORTS, IMPORTS, imports, list, number, sections, text, withImportsRenamed } from "./wasm.mjs";

/** So many bytes may be loaded in vain to save an area a request. What is counted here ends as a twentieth, when compressed. */
const REQUEST = 80_000;

/** By what name modules take the main one's memory, table and stack pointer. */
const MAIN = "__wasm_split";
/** By what name they take them while they are merged. */
const OUTSIDE = "main";
const WASM = Buffer.from("\0asm\x01\0\0\0", "latin1");

const MERGE = join(import.meta.dirname, "node_modules/binaryen/bin/wasm-merge");
/** As .make/optimize.mjs has them. */
const FEATURES = [
  "bulk-memory",
  "bulk-memory-opt",
  "call-indirect-overlong",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
].map((feature) => `--enable-${feature}`);

const folder = process.argv[2];
const script = join(folder, "__wasm_split.js");

/** A shared module as the script defines it, under the areas that need it. */
const SHARED = /\/\* (.*) \*\/\nconst (__chunk_\d+) = makeLoad\(\(\) => \{[^}]*"\.\/(chunk_\d+)\.wasm"[^}]*\{\}\);[^}]*\}\n, \[\]\);\n/g;

const file = (name) => join(folder, `${name}.wasm`);

const cost = ({ areas, size }) => areas.size * (size + REQUEST);

const together = (a, b) => ({
  modules: [...a.modules, ...b.modules],
  areas: new Set([...a.areas, ...b.areas]),
  size: a.size + b.size,
});

/** Groups that cost the areas little, when a request costs what `REQUEST` bytes do: the two that gain most become one. */
function grouped(modules) {
  let groups = modules.map((module) => ({ modules: [module], areas: module.areas, size: module.size }));
  for (;;) {
    let best = { gain: 0 };
    for (const [index, a] of groups.entries()) {
      for (const b of groups.slice(index + 1)) {
        const both = together(a, b);
        const gain = cost(a) + cost(b) - cost(both);
        if (gain > best.gain) best = { gain, a, b, both };
      }
    }
    if (!best.both) return groups;
    groups = [...groups.filter((group) => group !== best.a && group !== best.b), best.both];
  }
}

/**
 * A module that passes on what modules take from the main one: merged with it, they take it once. It cannot take it from
 * the name that it bears itself, and takes it from `OUTSIDE`.
 */
function passingOn(names) {
  const taken = new Map();
  for (const name of names) {
    const bytes = readFileSync(file(name));
    for (const found of imports(bytes, sections(bytes)(IMPORTS))) {
      if (found.module !== MAIN) throw new Error(`${name} takes ${found.name} from ${found.module}`);
      taken.set(found.name, found);
    }
  }
  const all = [...taken.values()];
  const place = (found) => all.filter(({ kind }) => kind === found.kind).indexOf(found);
  return Buffer.concat([
    WASM,
    list(IMPORTS, all.map(({ name, description }) => Buffer.concat([text(OUTSIDE), text(name), description]))),
    list(EXPORTS, all.map((found) => Buffer.concat([text(found.name), Buffer.from([found.kind]), number(place(found))]))),
  ]);
}

/** Makes one module of several, under the name of the first. */
function merge(names) {
  const [main, merged] = [file("main"), file(names[0])];
  writeFileSync(main, passingOn(names));
  const inputs = names.flatMap((name) => [file(name), name]);
  // With names, by which functions are put in order later.
  execFileSync(process.execPath, [MERGE, "--debuginfo", ...FEATURES, main, MAIN, ...inputs, "--output", merged]);
  for (const name of ["main", ...names.slice(1)]) rmSync(file(name));

  const bytes = readFileSync(merged);
  const exported = sections(bytes)(EXPORTS);
  const unexported = Buffer.concat([bytes.subarray(0, exported.from), bytes.subarray(exported.end)]);
  writeFileSync(merged, withImportsRenamed(unexported, () => ({ module: MAIN })));
}

let source = readFileSync(script, "utf8");
const modules = [...source.matchAll(SHARED)].map(([definition, areas, variable, name]) => {
  return { definition, areas: new Set(areas.split(", ")), variable, name, size: statSync(file(name)).size };
});
if (modules.length !== (source.match(/^const __chunk_/gm) ?? []).length) throw new Error(`${script} is not as expected`);

for (const { modules: group } of grouped(modules)) {
  const [first, ...others] = group;
  if (others.length === 0) continue;
  merge(group.map(({ name }) => name));
  for (const { definition, variable } of others) {
    source = source.replace(definition, "").replaceAll(new RegExp(`\\b${variable}\\b`, "g"), first.variable);
  }
}
// An area that needed several modules of a group names their one now more than once.
source = source.replaceAll(/\[(__chunk_[^\]]*)\]/g, (_, names) => `[${[...new Set(names.split(", "))].join(", ")}]`);
writeFileSync(script, source);

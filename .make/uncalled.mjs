// Takes out of a WebAssembly module what no page calls, and what no compiler can know to be uncalled: every erased view
// and attribute carries pointers to it. `uncalled.mjs FROM TO`. Emptied functions refer to nothing any longer: wasm-split
// then leaves out what only they used. The module must have been linked with --emit-relocs, and come from a compiler that
// does not merge alike functions, for those go by one name.
import { readFileSync, writeFileSync } from "node:fs";
import { CODE, CUSTOM, FUNCTION_IMPORT, IMPORTS, Reader, imports, number, sections } from "./wasm.mjs";

/** A call of these would stop the page. */
const uncalled = new RegExp(
  [
    "13hydrate_async", // hydration of a page whose code is still to come: frontend/src/lib.rs waits for the code first
    "21hydrate_from_template", // of elements that were cloned from a <template>: no view here is a template
    "15generate_routes", // the server's list of routes
    "13into_any_attr5clone", // of attributes given to components from outside: `attr:` is not used
    // Its own alone: what others have in common may bear the name of the crate that was compiled first. For bodies that
    // are streamed, while server functions answer in one piece.
    "^_R((?!Cs[0-9A-Za-z]+_[0-9]).)*Cs[0-9A-Za-z]+_12wasm_streams",
  ].join("|"),
);

/** These write words that nobody reads, what `{:?}` shows and what an answer has in place of JSON, and now write none. */
const unread = new RegExp(
  ["5Debug3fmt", "serde_core2de.*(8Expected|10Unexpected|5OneOf).*3fmt", "10serde_json5error.*7Display3fmt"].join("|"),
);

/** What wasm-bindgen reads before it writes its script. */
const description = /describe/i;

// https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md
const SYMBOL_TABLE = 8;
const [FUNCTION, DATA, SECTION] = [0, 1, 3];
const [UNDEFINED, EXPLICIT_NAME] = [0x10, 0x40];
const WITH_ADDEND = new Set([3, 4, 5, 8, 9, 11, 14, 15, 16, 17, 21, 22, 23, 25]);
const STOP = [0x00, 0x00]; // no locals; unreachable
const RETURN_OK = [0x00, 0x41, 0x00]; // no locals; i32.const 0, which is how `fmt::Result` says that all went well
const [NOP, END] = [0x01, 0x0b];

const [from, to] = process.argv.slice(2);
const bytes = readFileSync(from);

/** The names of functions, by index. */
function functionNames(section) {
  const names = new Map();
  const reader = new Reader(bytes, section.content);
  reader.number(); // version
  while (reader.at < section.end) {
    const kind = reader.byte();
    const size = reader.number();
    const end = reader.at + size;
    if (kind === SYMBOL_TABLE) reader.each(() => symbol(reader, names));
    reader.at = end;
  }
  return names;
}

function symbol(reader, names) {
  const [kind, flags] = [reader.byte(), reader.number()];
  if (kind === DATA) {
    reader.text();
    if (!(flags & UNDEFINED)) for (let part = 0; part < 3; part++) reader.number();
    return;
  }
  const index = reader.number();
  if (kind !== SECTION && (!(flags & UNDEFINED) || flags & EXPLICIT_NAME)) {
    const name = reader.text();
    if (kind === FUNCTION) names.set(index, name);
  }
}

function replacement(name) {
  if (description.test(name)) return undefined;
  if (uncalled.test(name)) return STOP;
  return unread.test(name) ? RETURN_OK : undefined;
}

/** Empties functions where they stand, and returns the places that they take, counted from the section's start. */
function empty(section, names, imported) {
  const emptied = [];
  const reader = new Reader(bytes, section.content);
  reader.each((index) => {
    const size = reader.number();
    const body = replacement(names.get(imported + index) ?? "");
    if (body) {
      bytes.fill(NOP, reader.at, reader.at + size);
      bytes.set(body, reader.at);
      bytes[reader.at + size - 1] = END;
      emptied.push({ from: reader.at - section.start, to: reader.at - section.start + size });
    }
    reader.at += size;
  });
  return emptied;
}

/** The section of references, without those that stood in what is empty now. Both are in the order of their places. */
function without(emptied, section) {
  const kept = [];
  let next = 0;
  const reader = new Reader(bytes, section.content);
  const target = reader.number();
  reader.each(() => {
    const start = reader.at;
    const [kind, place] = [reader.byte(), reader.number()];
    reader.number();
    if (WITH_ADDEND.has(kind)) reader.number();
    while (next < emptied.length && emptied[next].to <= place) next++;
    if (next === emptied.length || place < emptied[next].from) kept.push(bytes.subarray(start, reader.at));
  });
  const name = Buffer.from(section.name);
  const content = Buffer.concat([number(name.length), name, number(target), number(kept.length), ...kept]);
  return Buffer.concat([Buffer.from([CUSTOM]), number(content.length), content]);
}

const find = sections(bytes);
const names = functionNames(find(CUSTOM, "linking"));
const imported = imports(bytes, find(IMPORTS)).filter(({ kind }) => kind === FUNCTION_IMPORT).length;
const emptied = empty(find(CODE), names, imported);
const references = find(CUSTOM, "reloc.CODE");
writeFileSync(
  to,
  Buffer.concat([bytes.subarray(0, references.from), without(emptied, references), bytes.subarray(references.end)]),
);

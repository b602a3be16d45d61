// Reads WebAssembly modules, and writes parts of them: https://webassembly.github.io/spec/core/binary.

/** Kinds of sections. */
export const [CUSTOM, IMPORTS, EXPORTS, CODE] = [0, 2, 7, 10];
/** The kind of import that is a function. */
export const FUNCTION_IMPORT = 0;

/** Reads on from a place. */
export class Reader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  number() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
  text() {
    const length = this.number();
    return this.bytes.toString("utf8", this.at, (this.at += length));
  }
  /** Calls `read` as often as the number that comes first says. */
  each(read) {
    for (let count = this.number(), index = 0; index < count; index++) read(index);
  }
}

/** A number as modules hold it. */
export function number(value) {
  const written = [];
  for (; value > 127; value = Math.floor(value / 128)) written.push((value % 128) | 128);
  return Buffer.from([...written, value]);
}

/** A text as modules hold it. */
export function text(value) {
  const bytes = Buffer.from(value);
  return Buffer.concat([number(bytes.length), bytes]);
}

/** Finds a section by its kind, and its name when it is a custom one. */
export function sections(bytes) {
  const found = [];
  for (const reader = new Reader(bytes, 8); reader.at < bytes.length; ) {
    const [from, id, size] = [reader.at, reader.byte(), reader.number()];
    const [start, end] = [reader.at, reader.at + size];
    const name = id === CUSTOM ? reader.text() : undefined;
    found.push({ id, name, from, start, content: reader.at, end });
    reader.at = end;
  }
  return (id, name) => {
    const section = found.find((section) => section.id === id && section.name === name);
    if (!section) throw new Error(`the module has no section ${name ?? id}`);
    return section;
  };
}

/** The imports: from where, by which name, and of which kind, with the bytes that say what exactly. */
export function imports(bytes, section) {
  const reader = new Reader(bytes, section.content);
  const limits = () => {
    const flags = reader.number();
    reader.number();
    if (flags & 1) reader.number();
  };
  const described = [
    () => reader.number(), // function
    () => (reader.byte(), limits()), // table
    limits, // memory
    () => (reader.byte(), reader.byte()), // global
    () => (reader.byte(), reader.number()), // tag
  ];
  const found = [];
  reader.each(() => {
    const [module, name, from, kind] = [reader.text(), reader.text(), reader.at, reader.byte()];
    described[kind]();
    found.push({ module, name, kind, description: bytes.subarray(from, reader.at) });
  });
  return found;
}

/** A section that lists these items. */
export function list(id, items) {
  const content = Buffer.concat([number(items.length), ...items]);
  return Buffer.concat([Buffer.from([id]), number(content.length), content]);
}

/** The module with other names for what it imports. */
export function withImportsRenamed(bytes, rename) {
  const section = sections(bytes)(IMPORTS);
  const renamed = imports(bytes, section).map((found) => {
    const { module, name } = { ...found, ...rename(found) };
    return Buffer.concat([text(module), text(name), found.description]);
  });
  return Buffer.concat([bytes.subarray(0, section.from), list(IMPORTS, renamed), bytes.subarray(section.end)]);
}

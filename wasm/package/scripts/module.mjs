// The parts of a WebAssembly module that the scripts beside this one look at: its functions with their names, and its data. Decides nothing.

import { readFileSync } from "node:fs";

/** What stands in a number of WebAssembly at this place, and where it ends. */
function read(bytes, at, signed) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return [signed && shift < 28 && byte & 64 ? value | (-1 << (shift + 7)) : value >>> 0, at];
  }
}

export function unsigned(value) {
  const out = [];
  do {
    out.push((value & 127) | (value > 127 ? 128 : 0));
    value >>>= 7;
  } while (value > 0);
  return Buffer.from(out);
}

export const withLength = (body) => Buffer.concat([unsigned(body.length), body]);

const IMPORTS = 2;
const CODE = 10;
const DATA = 11;

/**
 * The module in a file: `imported`, how many functions it takes from outside, which are numbered before its own; `bodies`, the bytes of its own functions, and `names`, what each
 * is called; `segments`, where in memory each piece of data comes to stand, as `{address, bytes}`, the bytes to be changed in place; and `sections`, all of it in order as
 * `{kind, name, bytes}`.
 */
export function module(path) {
  const bytes = readFileSync(path);
  let at = 8;
  const number = () => {
    const [value, end] = read(bytes, at, false);
    at = end;
    return value;
  };
  const text = () => {
    const length = number();
    at += length;
    return bytes.toString("utf8", at - length, at);
  };
  const limits = () => {
    const flags = bytes[at++];
    number();
    if (flags & 1) number();
  };
  const found = { imported: 0, bodies: [], names: [], segments: [], sections: [] };
  while (at < bytes.length) {
    const from = at;
    const kind = bytes[at++];
    const length = number();
    const end = at + length;
    let name = "";
    if (kind === 0) name = text();
    if (kind === IMPORTS) {
      for (let left = number(); left > 0; left--) {
        text(), text();
        const what = bytes[at++];
        if (what === 0) (found.imported++, number());
        else if (what === 1) (at++, limits());
        else if (what === 2) limits();
        else if (what === 3) at += 2;
        else throw new Error(`an import of the unknown kind ${what}`);
      }
    } else if (kind === CODE) {
      for (let left = number(); left > 0; left--) {
        const size = number();
        found.bodies.push(bytes.subarray(at, at + size));
        at += size;
      }
    } else if (kind === DATA) {
      for (let left = number(); left > 0; left--) {
        if (number() !== 0 || bytes[at++] !== 0x41) throw new Error("a piece of data without a fixed place");
        const [address, after] = read(bytes, at, true);
        at = after + 1;
        const size = number();
        found.segments.push({ address, bytes: bytes.subarray(at, at + size) });
        at += size;
      }
    } else if (name === "name") {
      while (at < end) {
        const part = bytes[at++];
        const size = number();
        const next = at + size;
        if (part === 1) for (let left = number(); left > 0; left--) (found.names[number()] = text());
        at = next;
      }
    }
    found.sections.push({ kind, name, bytes: bytes.subarray(from, end) });
    at = end;
  }
  found.names = found.bodies.map((_, place) => found.names[found.imported + place] ?? "");
  return found;
}

/** The section of a module that holds these functions. */
export const code = (bodies) => Buffer.concat([Buffer.from([CODE]), withLength(Buffer.concat([unsigned(bodies.length), ...bodies.map(withLength)]))]);

/** The section of a module that calls its functions so. */
export function nameSection(imported, names) {
  const all = Buffer.concat([unsigned(names.length), ...names.map((name, place) => Buffer.concat([unsigned(imported + place), withLength(Buffer.from(name))]))]);
  return Buffer.concat([Buffer.from([0]), withLength(Buffer.concat([withLength(Buffer.from("name")), Buffer.from([1]), withLength(all)]))]);
}

/** A whole module of these sections. */
export const whole = (sections) => Buffer.concat([Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), ...sections]);

export const isCode = (section) => section.kind === CODE;

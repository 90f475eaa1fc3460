/** What may be written at a place in a definition, from its JSON Schema: keys with what they mean, and the words that a key takes. Reads YAML by its indentation only. */

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";

export interface JsonSchema {
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
}

/** A step on the way to a place: a key, or an entry of a list. */
type Step = string | 0;

/** A schema and all that it may stand for. */
function meanings(schema: JsonSchema | boolean | undefined, root: JsonSchema, depth = 0): JsonSchema[] {
  if (!schema || typeof schema === "boolean" || depth > 8) return [];
  const target = schema.$ref ? root.definitions?.[schema.$ref.split("/").pop() ?? ""] : undefined;
  const inside = [target, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...inside.flatMap((one) => meanings(one, root, depth + 1))];
}

function follow(root: JsonSchema, path: readonly Step[]): JsonSchema[] {
  let here = meanings(root, root);
  for (const step of path) {
    here = here.flatMap((one) => {
      if (step === 0) return Array.isArray(one.items) ? [] : meanings(one.items as JsonSchema | undefined, root);
      const property = one.properties?.[step];
      return meanings(property ?? one.additionalProperties, root);
    });
  }
  return here;
}

/** The way to a line, from the indentation of the lines above it. */
export function pathAt(lines: readonly string[], indent: number, inList: boolean): Step[] {
  const path: Step[] = inList ? [0] : [];
  let limit = indent;
  for (let place = lines.length - 1; place >= 0 && limit > 0; place--) {
    const line = lines[place] ?? "";
    if (/^\s*(#|$)/.test(line)) continue;
    const dash = /^(\s*)- +/.exec(line);
    const column = /^\s*/.exec(line)?.[0].length ?? 0;
    const key = /^\s*(?:- +)?([\w-]+):(\s|$)/.exec(line)?.[1];
    if (dash && dash[0].length <= limit && column < limit) {
      if (dash[0].length < limit && key) path.unshift(key);
      path.unshift(0);
      limit = column;
      // The list belongs to the key above it, which may stand in the same column.
      for (let above = place - 1; above >= 0; above--) {
        const parent = /^(\s*)(?:- +)?([\w-]+):\s*$/.exec(lines[above] ?? "");
        const inner = /^(\s*)(?:- +)?/.exec(lines[above] ?? "")?.[0].length ?? 0;
        if (parent?.[2] && inner <= column) {
          path.unshift(parent[2]);
          limit = inner;
          place = above;
          break;
        }
      }
    } else if (column < limit && key) {
      path.unshift(key);
      limit = column;
    }
  }
  return path;
}

/** The completions of a definition or of cases. */
export function completionsOf(root: JsonSchema): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const above = context.state.doc.sliceString(0, Math.max(0, line.from - 1)).split("\n");
    const indent = /^\s*(?:- +)?/.exec(before)?.[0].length ?? 0;
    const column = /^\s*/.exec(before)?.[0].length ?? 0;
    const listed = indent > column;
    const own = listed ? [...pathAt(above, column + 1, false), ...(above.length ? [] : [])] : pathAt(above, indent, false);
    const path: Step[] = listed && own.at(-1) !== 0 ? [...own, 0] : own;

    const value = /^\s*(?:- +)?([\w-]+): +([\w-]*)$/.exec(before);
    if (value) {
      const options = words(follow(root, [...path, value[1] ?? ""]));
      return options.length ? { from: context.pos - (value[2]?.length ?? 0), options, validFor: /^[\w-]*$/ } : null;
    }
    const key = /^\s*(?:- +)?([\w-]*)$/.exec(before);
    if (!key || (!key[1] && !context.explicit)) return null;
    const options = keysOf(follow(root, path));
    return options.length ? { from: context.pos - (key[1]?.length ?? 0), options, validFor: /^[\w-]*$/ } : null;
  };
}

function keysOf(schemas: readonly JsonSchema[]): Completion[] {
  const found = new Map<string, Completion>();
  for (const [label, schema] of schemas.flatMap((one) => Object.entries(one.properties ?? {}))) {
    found.set(label, { label, type: "property", apply: `${label}: `, ...(schema.description ? { info: schema.description } : {}) });
  }
  return [...found.values()];
}

function words(schemas: readonly JsonSchema[]): Completion[] {
  const values = schemas.flatMap((one) => [...(one.enum ?? []), ...("const" in one ? [one.const] : [])].map((value) => ({ value, info: one.description })));
  const found = new Map(values.map(({ value, info }) => [String(value), { label: String(value), type: "enum", ...(info ? { info } : {}) }]));
  return [...found.values()];
}

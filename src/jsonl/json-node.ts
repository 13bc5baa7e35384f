// In: the bytes of one JSON text and a place in them. Out: the value there, read on demand: its type, members, text. Never re-encodes.
import type { Span } from "../transcript/types.ts";

export type JsonType = "object" | "array" | "string" | "number" | "true" | "false" | "null";

/** For what has no members. */
const NONE: readonly JsonNode[] = [];

/** One value in a JSON text. */
export class JsonNode implements Span {
  readonly bytes: Buffer;
  readonly type: JsonType;
  readonly start: number;
  readonly end: number;
  /** Of strings: whether any character is written as an escape. */
  private readonly isEscaped: boolean;
  /** Names of an object's members, in file order, duplicates included. */
  readonly keys: readonly JsonNode[];
  /** Values of an object's members or an array's elements, in file order. */
  readonly values: readonly JsonNode[];

  constructor(
    bytes: Buffer,
    type: JsonType,
    start: number,
    end: number,
    keys: readonly JsonNode[] = NONE,
    values: readonly JsonNode[] = NONE,
    isEscaped = false,
  ) {
    this.bytes = bytes;
    this.type = type;
    this.start = start;
    this.end = end;
    this.keys = keys;
    this.values = values;
    this.isEscaped = isEscaped;
  }

  /** The value at a path of ASCII names; of members with the same name the last one counts, as in JSON.parse. */
  get(...path: readonly string[]): JsonNode | undefined {
    let node: JsonNode | undefined = this;
    for (const name of path) node = node?.member(name);
    return node;
  }

  /** The decoded string at a path; undefined where there is none or it is not a string. */
  text(...path: readonly string[]): string | undefined {
    const node = this.get(...path);
    return node?.type === "string" ? node.decode() : undefined;
  }

  /** The elements of an array; empty for everything else. */
  get items(): readonly JsonNode[] {
    return this.type === "array" ? this.values : NONE;
  }

  /** Names and values of an object's members, in file order. */
  *members(): Generator<[name: string, value: JsonNode]> {
    for (let i = 0; i < this.keys.length; i++) yield [this.keys[i]!.decode(), this.values[i]!];
  }

  /** The bytes of the value as text: valid JSON. */
  get raw(): string {
    return this.bytes.toString("utf8", this.start, this.end);
  }

  /** The innermost value that begins at a byte offset: an object, not its first name. */
  at(offset: number): JsonNode | undefined {
    let node: JsonNode | undefined = this;
    while (node !== undefined && node.start !== offset) {
      node = node.values.find((value) => value.start <= offset && offset < value.end);
    }
    return node;
  }

  /** A plain JavaScript value, for small things such as call arguments. */
  toValue(): unknown {
    return JSON.parse(this.raw);
  }

  private member(name: string): JsonNode | undefined {
    for (let i = this.keys.length - 1; i >= 0; i--) {
      if (this.keys[i]!.spells(name)) return this.values[i];
    }
    return undefined;
  }

  private decode(): string {
    return this.isEscaped ? JSON.parse(this.raw) : this.bytes.toString("utf8", this.start + 1, this.end - 1);
  }

  private spells(name: string): boolean {
    const { bytes, start, end } = this;
    if (this.isEscaped) return this.decode() === name;
    if (end - start - 2 !== name.length) return false;
    let i = 0;
    while (i < name.length && bytes[start + 1 + i] === name.charCodeAt(i)) i++;
    return i === name.length;
  }
}

// In: the bytes of one JSON text. Out: its values as nodes that know their byte span. Accepts exactly what JSON.parse accepts, so that
// no line is judged twice.
import { JsonNode } from "./json-node.ts";

/** Deeper texts are passed through unread: no harness nests like this, and recursion must not overflow on hostile input. */
const MAX_DEPTH = 1000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where and why a text is not JSON. `offset` counts bytes from the start of the line. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Reads one JSON text; a byte order mark before it is stepped over.
 *
 * @param bytes valid UTF-8
 * @throws JsonSyntaxError where JSON.parse would throw, and on nesting deeper than 1,000
 */
export function parseJson(bytes: Buffer): JsonNode {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return new Reader(bytes, hasMark ? 3 : 0).readDocument();
}

class Reader {
  private readonly bytes: Buffer;
  private at: number;
  private depth = 0;

  constructor(bytes: Buffer, from: number) {
    this.bytes = bytes;
    this.at = from;
  }

  readDocument(): JsonNode {
    this.skipBlanks();
    const node = this.readValue();
    this.skipBlanks();
    if (this.at < this.bytes.length) this.fail("text after the end of the value");
    return node;
  }

  private readValue(): JsonNode {
    switch (this.bytes[this.at]) {
      case 0x7b:
        return this.readObject();
      case 0x5b:
        return this.readArray();
      case QUOTE:
        return this.readString();
      case 0x74:
        return this.readWord("true");
      case 0x66:
        return this.readWord("false");
      case 0x6e:
        return this.readWord("null");
      default:
        return this.readNumber();
    }
  }

  private readObject(): JsonNode {
    const start = this.open();
    const keys: JsonNode[] = [];
    const values: JsonNode[] = [];
    this.skipBlanks();
    if (!this.take(0x7d)) {
      do {
        this.skipBlanks();
        if (this.bytes[this.at] !== QUOTE) this.fail("expected a name in quotes");
        keys.push(this.readString());
        this.skipBlanks();
        if (!this.take(0x3a)) this.fail("expected `:`");
        this.skipBlanks();
        values.push(this.readValue());
        this.skipBlanks();
      } while (this.take(0x2c));
      if (!this.take(0x7d)) this.fail("expected `,` or `}`");
    }
    this.depth--;
    return new JsonNode(this.bytes, "object", start, this.at, keys, values);
  }

  private readArray(): JsonNode {
    const start = this.open();
    const values: JsonNode[] = [];
    this.skipBlanks();
    if (!this.take(0x5d)) {
      do {
        this.skipBlanks();
        values.push(this.readValue());
        this.skipBlanks();
      } while (this.take(0x2c));
      if (!this.take(0x5d)) this.fail("expected `,` or `]`");
    }
    this.depth--;
    return new JsonNode(this.bytes, "array", start, this.at, undefined, values);
  }

  private readString(): JsonNode {
    const { bytes } = this;
    const start = this.at;
    let at = start + 1;
    let isEscaped = false;
    for (;;) {
      while (ENDS_A_RUN[bytes[at]!] === 0) at++;
      const byte = bytes[at];
      if (byte === QUOTE) break;
      if (byte === undefined) this.fail("a string that does not end", at);
      if (byte !== BACKSLASH) this.fail("a control character in a string", at);
      at = this.skipEscape(at);
      isEscaped = true;
    }
    this.at = at + 1;
    return new JsonNode(bytes, "string", start, this.at, undefined, undefined, isEscaped);
  }

  /** @returns the offset behind the escape that begins at `at` */
  private skipEscape(at: number): number {
    const letter = this.bytes[at + 1];
    if (letter === 0x75) {
      for (let i = at + 2; i < at + 6; i++) {
        if (!isHexDigit(this.bytes[i])) this.fail("an escape that is not `\\u` and four hex digits", at);
      }
      return at + 6;
    }
    if (letter === undefined || !SHORT_ESCAPES.includes(letter)) this.fail("an unknown escape", at);
    return at + 2;
  }

  private readNumber(): JsonNode {
    const start = this.at;
    this.take(0x2d);
    if (!this.take(0x30) && !this.takeDigits()) this.fail("expected a value", start);
    if (this.take(0x2e) && !this.takeDigits()) this.fail("expected a digit");
    if (this.take(0x65) || this.take(0x45)) {
      if (!this.take(0x2b)) this.take(0x2d);
      if (!this.takeDigits()) this.fail("expected a digit");
    }
    return new JsonNode(this.bytes, "number", start, this.at);
  }

  private readWord(word: "true" | "false" | "null"): JsonNode {
    const start = this.at;
    for (let i = 0; i < word.length; i++) {
      if (!this.take(word.charCodeAt(i))) this.fail("expected a value", start);
    }
    return new JsonNode(this.bytes, word, start, this.at);
  }

  /** Steps into an object or array and returns its first offset. */
  private open(): number {
    if (++this.depth > MAX_DEPTH) this.fail(`nested deeper than ${MAX_DEPTH} levels`);
    return this.at++;
  }

  private take(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false;
    this.at++;
    return true;
  }

  private takeDigits(): boolean {
    const start = this.at;
    while (isDigit(this.bytes[this.at])) this.at++;
    return this.at > start;
  }

  private skipBlanks(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.at++;
    }
  }

  private fail(message: string, at = this.at): never {
    throw new JsonSyntaxError(message, at);
  }
}

/** By byte: 0 for what may stand in a string as it is. Most bytes of a transcript are looked at here and nowhere else. */
const ENDS_A_RUN = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte < 0x20 || byte === QUOTE || byte === BACKSLASH),
);

/** The letters after a backslash in `\" \\ \/ \b \f \n \r \t`. */
const SHORT_ESCAPES: readonly number[] = [...'"\\/bfnrt'].map((letter) => letter.charCodeAt(0));

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isHexDigit(byte: number | undefined): boolean {
  return isDigit(byte) || (byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}

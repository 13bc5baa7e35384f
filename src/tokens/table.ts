// In: the tokens of an encoding, in the order of their ranks. Out: one block of bytes, and a view of such a block.
// The file is the memory layout: loading is reading, nothing is decoded or built. Never touches the file system.
//
//   header   8 Int32: magic, format, tokens, slot bits, longest token, arena bytes, 0, 0
//   slots    2^bits Int32: an open hash table; 0 is empty, else tag << 21 | (offset in the arena + 1)
//   arena    each token as one length byte and its bytes, lowest rank first
//
// An offset in the arena stands for the rank everywhere: the order is the same, and it saves a table from one to the
// other, and with it a cache miss a lookup. The tag (11 more bits of the hash) turns away nearly every wrong slot unread.

const MAGIC = 0x4b4f5443; // "CTOK", read little-endian: a big-endian machine is told so instead of counting wrongly
const FORMAT = 1;
const HEADER_INTS = 8;
const HEADER_BYTES = 4 * HEADER_INTS;
const OFFSET_BITS = 21;
const OFFSET_MASK = (1 << OFFSET_BITS) - 1;

/** What a lookup gives for bytes that are no token; higher than every rank. */
export const NO_TOKEN = 0x7fffffff;

/** FNV-1a, one byte a step: the scanner takes the steps itself while it reads a word. */
export const HASH_START = 0x811c9dc5 | 0;
export const HASH_PRIME = 0x01000193;

/** Folds the high bits of a finished FNV-1a hash into the low ones, which choose the slot. */
export function finishHash(hash: number): number {
  return hash ^ (hash >>> 15);
}

/** Hashes `bytes[start, end)`. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_START;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, HASH_PRIME);
  return finishHash(hash);
}

/** The tokens of one encoding, to be looked up by their bytes. */
export class TokenTable {
  readonly longestToken: number;
  readonly #slots: Int32Array;
  readonly #slotMask: number;
  readonly #arena: Uint8Array;

  /** @param file what {@link layOutTable} made; it is used in place and must not change afterwards. */
  constructor(file: Uint8Array) {
    const aligned = file.byteOffset % 4 === 0 ? file : file.slice();
    const header = new Int32Array(HEADER_INTS);
    new Uint8Array(header.buffer).set(aligned.subarray(0, HEADER_BYTES));
    const [magic, format, , slotBits = 0, longestToken = 0, arenaBytes = 0] = header;
    const slotCount = 2 ** slotBits;
    const expectedBytes = HEADER_BYTES + 4 * slotCount + arenaBytes;
    if (magic !== MAGIC || format !== FORMAT || aligned.byteLength !== expectedBytes) {
      throw new Error(`not a token table of format ${FORMAT} (${aligned.byteLength} bytes)`);
    }
    this.longestToken = longestToken;
    this.#slots = new Int32Array(aligned.buffer, aligned.byteOffset + HEADER_BYTES, slotCount);
    this.#slotMask = slotCount - 1;
    this.#arena = aligned.subarray(expectedBytes - arenaBytes);
  }

  /** The rank of `bytes[start, start + length)` as an offset (comparable, not dense), or {@link NO_TOKEN}. */
  rank(bytes: Uint8Array, start: number, length: number, hash: number): number {
    const slots = this.#slots;
    const arena = this.#arena;
    const slotMask = this.#slotMask;
    for (let slot = hash & slotMask; ; slot = (slot + 1) & slotMask) {
      const entry = slots[slot]!;
      if (entry === 0) return NO_TOKEN;
      if (((entry ^ hash) & ~OFFSET_MASK) !== 0) continue;
      const offset = (entry & OFFSET_MASK) - 1;
      if (arena[offset] !== length) continue;
      let i = 0;
      while (i < length && arena[offset + 1 + i] === bytes[start + i]) i++;
      if (i === length) return offset;
    }
  }
}

/**
 * Lays the tokens of an encoding out as a table file; the build does this once.
 * @param tokens the bytes of every token, lowest rank first, without gaps
 */
export function layOutTable(tokens: readonly Uint8Array[]): Uint8Array {
  let arenaBytes = 0;
  let longestToken = 0;
  for (const token of tokens) {
    if (token.length === 0 || token.length > 255) throw new Error(`token of ${token.length} bytes`);
    arenaBytes += 1 + token.length;
    longestToken = Math.max(longestToken, token.length);
  }
  if (arenaBytes > OFFSET_MASK)
    throw new Error(`${arenaBytes} bytes of tokens do not fit ${OFFSET_BITS} bits`);

  // Two to four slots a token: a lookup that fails, the common case while merging, meets an empty slot soon.
  const slotBits = Math.ceil(Math.log2(tokens.length)) + 1;
  const slots = new Int32Array(2 ** slotBits);
  const arena = new Uint8Array(arenaBytes);
  let offset = 0;
  for (const token of tokens) {
    arena[offset] = token.length;
    arena.set(token, offset + 1);
    const hash = hashBytes(token, 0, token.length);
    let slot = hash & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = (hash & ~OFFSET_MASK) | (offset + 1);
    offset += 1 + token.length;
  }

  const header = new Int32Array([MAGIC, FORMAT, tokens.length, slotBits, longestToken, arenaBytes, 0, 0]);
  const file = new Uint8Array(HEADER_BYTES + slots.byteLength + arenaBytes);
  file.set(new Uint8Array(header.buffer), 0);
  file.set(new Uint8Array(slots.buffer), HEADER_BYTES);
  file.set(arena, HEADER_BYTES + slots.byteLength);
  return file;
}

// In: a text. Out: its UTF-8 bytes in a buffer that is used again, with one spare byte behind them for the scanner.
// Lone surrogates become U+FFFD, as in every encoder that follows the Encoding Standard (js-tiktoken's among them).

const encoder = new TextEncoder();

/** A UTF-16 unit needs at most three bytes in UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

/** Texts of more units get a buffer of their own, so that one huge line does not occupy memory for the rest of the run. */
const MAX_SHARED_UNITS = 1 << 18;

/** Below this a loop beats the call into the encoder. */
const MAX_LOOP_UNITS = 48;

/** One text at a time: `bytes` holds the last one that was encoded. */
export class TextBytes {
  bytes = new Uint8Array(MAX_LOOP_UNITS + 1);

  /** Encodes the text into `bytes` and returns the number of bytes. */
  encode(text: string): number {
    const units = text.length;
    if (units <= MAX_LOOP_UNITS) {
      const bytes = this.bytes;
      let i = 0;
      for (; i < units; i++) {
        const unit = text.charCodeAt(i);
        if (unit > 0x7f) break;
        bytes[i] = unit;
      }
      if (i === units) return units;
    }
    this.#makeRoom(text);
    return encoder.encodeInto(text, this.bytes).written;
  }

  #makeRoom(text: string): void {
    const shared = text.length <= MAX_SHARED_UNITS;
    const needed = 1 + (shared ? MAX_BYTES_PER_UNIT * text.length : Buffer.byteLength(text));
    const largestShared = 1 + MAX_BYTES_PER_UNIT * MAX_SHARED_UNITS;
    if (needed > this.bytes.length || (shared && this.bytes.length > largestShared)) {
      this.bytes = new Uint8Array(shared ? Math.min(2 * needed, largestShared) : needed);
    }
  }
}

// Arbitrary texts for property tests: what transcripts contain, and what the rules of the encodings are about.

import fc from "fast-check";

/** Characters and strings at which the patterns of the encodings decide something. */
const atoms = [
  ...[
    "a",
    "Z",
    "word",
    "Word",
    "WORD",
    "iPhone",
    "XMLHttp",
    "é",
    "É",
    "ß",
    "Ω",
    "ǅ",
    "ʰ",
    "ª",
    "𝒜",
    "𝒶",
    "𐐀",
    "𐐨",
    "ﬁ",
  ],
  ...["'s", "'S", "'ll", "'LL", "'Re", "'ve", "'VE", "'x", "'", "'ſ", "'\u212a", "ſ", "\u212a"],
  ...["1", "12", "1234567", "½", "²", "Ⅷ", "٣", "3.14", "-7", "0x1f"],
  ...[
    " ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\v",
    "\f",
    "\u00a0",
    "\u3000",
    "\u2028",
    "\u2029",
    "\u200b",
  ],
  ...[
    "\u0085",
    "\ufeff",
    "\0",
    "\x1b[31m",
    "\x7f",
    "\u0301",
    "\u0321Ձ",
    "\u20e3",
    "\u0345",
    "\u05b0",
    "\ufe0f",
    "\u200d",
  ],
  ...["/", "//", "/usr/bin", "\\n", ".", ")", "();", "...", "---", "$", "€", "_", "`", "#!/", "*/", "</div>"],
  ...["中", "文字", "あ", "カ", "한국", "اللغة", "עברית", "हिन्दी", "ไทย"],
  ...["😀", "👨‍👩‍👧", "🇩🇪", "👍🏽", "\ud800", "\udc00", "\ud83d", "\ufffd"],
  ...["<|endoftext|>", "<|endofprompt|>", "<|fim_prefix|>", "<|im_start|>", "__proto__", "constructor"],
];

const identifier = fc
  .array(fc.constantFrom("get", "User", "by", "ID", "HTTP", "_", "item", "3", "s", "$"), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(""));

const codeLine = fc
  .tuple(
    fc.constantFrom("", "  ", "    ", "\t", "\t\t"),
    fc.array(
      fc.oneof(
        identifier,
        fc.constantFrom(" = ", "(", ");", " => {", "}", "[0]", ".", ", ", '"', "// ", "'s"),
      ),
      {
        maxLength: 8,
      },
    ),
    fc.constantFrom("", "", ";", " ", "\r"),
  )
  .map(([indent, parts, end]) => indent + parts.join("") + end);

const sentence = fc
  .array(
    fc.constantFrom("the", "The", "agent's", "don't", "file", "naïve", "2026", "(see", "above)", "—", "I'LL"),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((words) => `${words.join(" ")}.`);

const path = fc
  .array(fc.constantFrom("usr", "src", "test", "a-b", "index.ts", ""), { minLength: 1, maxLength: 4 })
  .map((names) => `/${names.join("/")}`);

const logLine = fc
  .tuple(fc.date({ noInvalidDate: true }), fc.constantFrom("INFO", "WARN", "\x1b[31mERROR\x1b[0m"), sentence)
  .map(([date, level, message]) => `${date.toISOString()} ${level} ${message}`);

/** Anything the rules may stumble over, in any order. */
export const mixture = fc.array(fc.constantFrom(...atoms), { maxLength: 24 }).map((parts) => parts.join(""));

/** Lines as tools print them. None contains a line end, several end or start in a way that joins them. */
export const line: fc.Arbitrary<string> = fc.oneof(
  codeLine,
  sentence,
  path,
  logLine,
  mixture.map((text) => text.replaceAll("\n", "")),
  fc.constantFrom("", "", " ", "\t", "\r", "}", ")", "/", " /", "//", "---"),
);

export const document = fc.array(line, { maxLength: 12 }).map((lines) => lines.join("\n"));

/** Every code point there is, lone surrogates included. */
export const anyCodePoints = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 24 })
  .map((codePoints) => String.fromCodePoint(...codePoints));

/** Bytes of no text at all, read as if they were UTF-8. */
export const bytesAsText = fc.uint8Array({ maxLength: 80 }).map((bytes) => new TextDecoder().decode(bytes));

/** Pieces of up to some hundred bytes: beyond the length at which merging changes its method. */
export const longRun = fc
  .tuple(
    fc.constantFrom(
      "a",
      "ab",
      "aA",
      "xyzzy",
      " ",
      "\n",
      "\t ",
      "-",
      "=*",
      "中",
      "中文",
      "😀",
      "é",
      "\u0301",
      "\u0321Ձ",
      "))",
      "ACGT",
    ),
    fc.integer({ min: 60, max: 320 }),
    mixture,
  )
  .map(([unit, length, rest]) => unit.repeat(length / unit.length) + rest);

/** One long word of random letters: merges in random places. */
export const longWord = fc.string({
  unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzäß"),
  minLength: 100,
  maxLength: 400,
});

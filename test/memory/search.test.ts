// Search: what it finds, in what order, and that its index may be damaged, stale or written by two processes at once.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { collectFacts } from "../../src/memory/facts/index.ts";
import { type SearchOptions, type SearchSources, search } from "../../src/memory/search/index.ts";
import { type IndexFiles, updatedIndex } from "../../src/memory/search/index-of-artifacts.ts";
import { Segment, SegmentWriter } from "../../src/memory/search/segment.ts";
import { forEachTerm, termsOf } from "../../src/memory/search/terms.ts";
import { session, shell } from "./chat.ts";

/** A store in memory; names are whatever the test calls them. */
class Files implements IndexFiles {
  readonly texts: Map<string, string>;
  readonly written = new Map<string, Buffer>();
  /** How many texts were read to be indexed or shown. */
  reads = 0;

  constructor(texts: Readonly<Record<string, string>>) {
    this.texts = new Map(Object.entries(texts));
  }
  artifacts = () => [...this.texts.keys()];
  artifact = (name: string) => {
    this.reads++;
    return this.texts.get(name);
  };
  segments = () => [...this.written.keys()];
  segment = (name: string) => this.written.get(name);
  write = (name: string, bytes: Uint8Array) => void this.written.set(name, Buffer.from(bytes));
  remove = (name: string) => void this.written.delete(name);
}

const sourcesOf = (index: IndexFiles, rest: Partial<SearchSources> = {}): SearchSources => ({
  index,
  runs: () => [],
  facts: () => [],
  pads: () => [],
  ...rest,
});

async function refs(
  query: string,
  sources: SearchSources,
  options: Partial<SearchOptions> = {},
): Promise<string[]> {
  return (await search(query, sources, { limit: 10, ...options })).map(({ ref }) => ref);
}

describe("terms", () => {
  test("are identifiers whole and in parts", () => {
    expect(termsOf("getBranchCheckpoints(HTTPServer, snake_case2)")).toEqual(
      "getbranchcheckpoints get branch checkpoints httpserver snake_case2 snake case".split(" "),
    );
  });

  test("are words of any script, and ideographs one by one", () => {
    expect(termsOf("Größe, данные; 日本")).toEqual(["größe", "данные", "日", "本"]);
  });
});

describe("a segment", () => {
  test("gives back what was put in, whatever the texts", () => {
    const texts = fc.array(fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), fc.lorem()), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(texts, (all) => {
        const writer = new SegmentWriter();
        all.forEach((text, i) => {
          writer.add(String(i), text, forEachTerm);
        });
        const segment = Segment.read(writer.toBytes())!;
        all.forEach((text, i) => {
          for (const term of new Set(termsOf(text))) {
            const found: number[] = [];
            segment.find(term, (number) => found.push(number));
            expect(found).toContain(i);
          }
        });
        expect(segment.find("no such term", () => {})).toBe(0);
      }),
    );
  });

  test("that was cut short or is of another make is no segment", () => {
    const writer = new SegmentWriter();
    writer.add("a", "some text", forEachTerm);
    const bytes = writer.toBytes();
    expect(Segment.read(bytes.subarray(0, bytes.length - 1))).toBeUndefined();
    expect(Segment.read(Buffer.from("hello\n"))).toBeUndefined();
    expect(Segment.read(Buffer.alloc(0))).toBeUndefined();
  });
});

const TEXTS = {
  aaaaaaaa1: "one\ntwo\nError: connect ECONNREFUSED 127.0.0.1:5432\nfour\nfive\nsix\nseven",
  bbbbbbbb2: "func getBranchCheckpoints(repo)\n  return nil",
  cccccccc3: "a branch of a tree\nand a checkpoint far away",
};

describe("search", () => {
  const sources = sourcesOf(new Files(TEXTS));

  test("finds parts of identifiers, the rarest and densest first", async () => {
    expect(await refs("branch checkpoints", sources)).toEqual(["bbbbbbbb:1-2", "cccccccc:1-2"]);
  });

  test("shows the lines around a match, with numbers that get takes", async () => {
    const [hit] = await search("econnrefused", sources, { limit: 1 });
    expect(hit).toMatchObject({
      ref: "aaaaaaaa:2-4",
      snippet: TEXTS.aaaaaaaa1.split("\n").slice(1, 4).join("\n"),
    });
  });

  test("holds to exact phrases and expressions", async () => {
    expect(await refs('"a branch"', sources)).toEqual(["cccccccc:1-2"]);
    expect(await refs("branch /get\\w+/", sources)).toEqual(["bbbbbbbb:1-2"]);
    expect(await refs("/:\\d{4}$/", sources)).toEqual(["aaaaaaaa:2-4"]);
    expect(await refs('"branch far"', sources)).toEqual([]);
    await expect(refs("/(/", sources)).rejects.toThrow(SyntaxError);
  });

  test("filters by tool, path and session of the runs", async () => {
    const run = (artifact: string, tool: string, target: string, session: string) => ({
      artifact,
      tool,
      target,
      session,
      outcome: "ok",
    });
    const filtered = sourcesOf(new Files(TEXTS), {
      runs: () => [
        run("bbbbbbbb2", "Read", "src/repo/branch.go", "1111"),
        run("cccccccc3", "Bash", "cat notes.md", "2222"),
      ],
    });
    expect(await refs("branch", filtered, { tool: "read" })).toEqual(["bbbbbbbb:1-2"]);
    expect(await refs("branch", filtered, { path: "*.md" })).toEqual(["cccccccc:1-2"]);
    expect(await refs("branch", filtered, { path: "src/**" })).toEqual(["bbbbbbbb:1-2"]);
    expect(await refs("branch", filtered, { session: "2222" })).toEqual(["cccccccc:1-2"]);
    expect(await refs("branch", filtered, { session: "3333" })).toEqual([]);
  });

  test("finds facts and pads beside artifacts, and each kind alone", async () => {
    const facts = collectFacts([
      session(["Never touch the branch protection.", shell("make", "fatal: bad branch", 2)]),
    ]);
    const pad = { id: "p1", text: "create a release branch", transcript: "session.jsonl" };
    const all = sourcesOf(new Files(TEXTS), { facts: () => [facts], pads: () => [pad] });
    expect(new Set((await search("branch", all, { limit: 10 })).map(({ kind }) => kind))).toEqual(
      new Set(["artifact", "constraint", "error", "pad"]),
    );
    expect(await refs("branch", all, { kind: "constraint" })).toEqual(["session.jsonl:1"]);
    expect(await refs("branch", all, { kind: "fact" })).toHaveLength(2);
    expect(await refs("branch", all, { kind: "pad" })).toEqual(["p1"]);
    expect(await refs("branch", all, { kind: "artifact" })).toHaveLength(2);
  });

  test("shows each artifact once, and no more than asked for", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`${i}`.padStart(8, "0"), "branch\n\n\n\n\n\nbranch\n"]),
    );
    const found = await refs("branch", sourcesOf(new Files(many)), { limit: 7 });
    expect(found).toHaveLength(7);
    expect(new Set(found.map((ref) => ref.slice(0, 8))).size).toBe(7);
  });
});

describe("the index", () => {
  const names = (files: Files) =>
    updatedIndex(files)
      .flatMap(({ texts }) => texts.map(({ name }) => name))
      .sort();

  test("reads each artifact once, and later only what is new", () => {
    const files = new Files(TEXTS);
    expect(names(files)).toEqual(Object.keys(TEXTS));
    expect(files.reads).toBe(3);
    files.texts.set("dddddddd4", "new");
    expect(names(files)).toEqual([...Object.keys(TEXTS), "dddddddd4"]);
    expect(files.reads).toBe(4);
    expect(files.written.size).toBe(2);
  });

  test("is made anew where it is damaged", async () => {
    const files = new Files(TEXTS);
    updatedIndex(files);
    for (const name of files.written.keys()) files.written.set(name, Buffer.from("damaged"));
    expect(await refs("econnrefused", sourcesOf(files))).toEqual(["aaaaaaaa:2-4"]);
    expect([...files.written.values()].every((bytes) => Segment.read(bytes) !== undefined)).toBe(true);
  });

  test("forgets what is gone", async () => {
    const files = new Files(TEXTS);
    updatedIndex(files);
    files.texts.delete("bbbbbbbb2");
    files.texts.delete("aaaaaaaa1");
    expect(await refs("branch", sourcesOf(files))).toEqual(["cccccccc:1-2"]);
    expect(names(files)).toEqual(["cccccccc3"]);
  });

  test("counts a text once that two processes have indexed", async () => {
    const files = new Files(TEXTS);
    updatedIndex(files);
    const other = new Files({ ...TEXTS, dddddddd4: "branch" });
    updatedIndex(other);
    for (const [name, bytes] of other.written) files.written.set(name, bytes);
    files.texts.set("dddddddd4", "branch");
    const both = await search("branch", sourcesOf(files), { limit: 10 });
    const alone = await search("branch", sourcesOf(other), { limit: 10 });
    expect(both).toEqual(alone);
  });

  test("joins small segments, so that their number stays small", () => {
    const files = new Files({});
    for (let i = 0; i < 40; i++) {
      files.texts.set(`${i}`.padStart(8, "0"), `text ${i}`);
      updatedIndex(files);
    }
    expect(files.written.size).toBeLessThan(10);
    expect(names(files)).toHaveLength(40);
  });

  test("serves also where it cannot be written", async () => {
    const files = new Files(TEXTS);
    files.write = () => {
      throw new Error("read-only");
    };
    expect(await refs("econnrefused", sourcesOf(files))).toEqual(["aaaaaaaa:2-4"]);
  });
});

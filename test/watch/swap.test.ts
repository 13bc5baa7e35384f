// Replacing the beginning of a file to which a session may still write: what arrives meanwhile stays, whoever dies when.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, linkSync, readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { Store } from "../../src/artifacts/store.ts";
import { resolve } from "../../src/config/resolve.ts";
import { lockPath, oldPath, temporaryPath } from "../../src/watch/beside.ts";
import { compactLive } from "../../src/watch/compact-live.ts";
import { LockedError, withLock } from "../../src/watch/lock.ts";
import { leaveReady, readyPaths, swapReady } from "../../src/watch/ready.ts";
import { swap } from "../../src/watch/swap.ts";
import { Place } from "../cli/run.ts";

const BEGINNING = "first, which is long\nsecond, which is long\n";
const digestOf = (text: string) => ({
  sha256: createHash("sha256").update(text).digest("hex"),
  bytes: Buffer.byteLength(text),
});
const replacementOf = (path: string, beginning = BEGINNING, text = "short\n") => ({
  path,
  beginning: digestOf(beginning),
  chunks: [Buffer.from(text)],
});

describe("swap", () => {
  test("replaces the beginning and keeps what was appended, the mode too", () => {
    const place = new Place();
    const path = place.write("a.jsonl", `${BEGINNING}third\n`, { mode: 0o640 });
    expect(swap(replacementOf(path))).toEqual({ status: "swapped", appended: 6 });
    expect(place.read("a.jsonl")).toBe("short\nthird\n");
    expect({ mode: place.mode("a.jsonl"), files: place.files() }).toEqual({
      mode: "640",
      files: ["a.jsonl"],
    });
  });

  test("keeps half a line that was appended", () => {
    const place = new Place();
    const path = place.write("a.jsonl", `${BEGINNING}thi`);
    swap(replacementOf(path));
    appendFileSync(path, "rd\n");
    expect(place.read("a.jsonl")).toBe("short\nthird\n");
  });

  const changes: [what: string, change: (path: string) => void][] = [
    ["cut off", (path) => truncateSync(path, 5)],
    ["rewritten at the same size", (path) => writeFileSync(path, BEGINNING.toUpperCase())],
    [
      "replaced by another that begins otherwise",
      (path) => {
        writeFileSync(`${path}.new`, `x${BEGINNING}`);
        renameSync(`${path}.new`, path);
      },
    ],
    ["moved away", (path) => renameSync(path, `${path}.away`)],
  ];
  test.each(changes)("leaves a file alone that was %s", (_what, change) => {
    const place = new Place();
    const path = place.write("a.jsonl", BEGINNING);
    change(path);
    const files = () => place.files().map((name) => [name, place.read(name)]);
    const before = files();
    expect(swap(replacementOf(path))).toEqual({ status: "changed" });
    expect(files()).toEqual(before);
  });

  test("takes a file that was replaced by one with the same beginning for the same", () => {
    const place = new Place();
    const path = place.write("a.jsonl", BEGINNING);
    writeFileSync(`${path}.new`, `${BEGINNING}third\n`);
    renameSync(`${path}.new`, path);
    expect(swap(replacementOf(path)).status).toBe("swapped");
    expect(place.read("a.jsonl")).toBe("short\nthird\n");
  });
});

describe.runIf(process.platform === "linux")("a writer that holds the file open", () => {
  const holding = async (script: string, use: (path: string, pid: number) => void) => {
    const place = new Place();
    const path = place.write("a.jsonl", BEGINNING);
    const child = spawn("bash", ["-c", `${script}; echo open; read -r _`, "sh", path], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    await new Promise((done) => child.stdout.once("data", done));
    use(path, child.pid!);
    const closed = new Promise((done) => child.once("close", done));
    child.stdin.end("\n");
    await closed;
    return { place, path };
  };

  test("keeps it from being replaced; the result waits, and takes its place when the writer is gone", async () => {
    const { place, path } = await holding('exec 9>>"$1"', (held, pid) => {
      expect(swap(replacementOf(held))).toEqual({ status: "held", writers: [pid] });
    });
    const store = new Store(place.path(".compact"));
    leaveReady(store, replacementOf(path));
    expect(readyPaths(store)).toEqual([path]);
    appendFileSync(path, "third\n");
    expect(swapReady(store, path)).toEqual({ status: "swapped", appended: 6 });
    expect(place.read("a.jsonl")).toBe("short\nthird\n");
    expect([readyPaths(store), swapReady(store, path)]).toEqual([[], undefined]);
  });
});

describe("what a crash leaves", () => {
  /** As if compact had died after it replaced the file, with `carried` bytes of the old one in the new. */
  const crashed = (old: string, carried: number, current: string) => {
    const place = new Place();
    const path = place.write("a.jsonl", old);
    linkSync(path, oldPath(path, carried));
    place.write("fresh", current);
    renameSync(place.path("fresh"), path);
    return { place, path };
  };

  test("is carried over: a line that was written to the old file in the moment of replacing", () => {
    const { place, path } = crashed(`${BEGINNING}late\n`, BEGINNING.length, "short\nthird\n");
    expect(swap(replacementOf(path, "short\n", "s\n"))).toMatchObject({ status: "swapped" });
    expect({ text: place.read("a.jsonl"), files: place.files() }).toEqual({
      text: "s\nthird\nlate\n",
      files: ["a.jsonl"],
    });
  });

  test("is carried over before a session is read, also when there is nothing to cut", async () => {
    const { place, path } = crashed(`${BEGINNING}late\n`, BEGINNING.length, "short\n");
    await compactLive(path, resolve({}), new Store(place.path(".compact")), { minimumSavings: 0 });
    expect({ text: place.read("a.jsonl"), files: place.files() }).toEqual({
      text: "short\nlate\n",
      files: ["a.jsonl"],
    });
  });

  test("is removed though there is nothing to cut: the lock of somebody who died", async () => {
    const place = new Place();
    const path = place.write("a.jsonl", BEGINNING);
    writeFileSync(lockPath(path), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), thread: 0 }));
    await compactLive(path, resolve({}), new Store(place.path(".compact")), { minimumSavings: 0 });
    expect(place.files()).toEqual(["a.jsonl"]);
  });

  test("is not carried over twice", () => {
    const { place, path } = crashed(`${BEGINNING}late\n`, BEGINNING.length, "short\nlate\n");
    swap(replacementOf(path, "short\n", "s\n"));
    expect(place.read("a.jsonl")).toBe("s\nlate\n");
  });

  test("is removed: a second name that was given before anything was replaced, and files written beside", () => {
    const place = new Place();
    const path = place.write("a.jsonl", BEGINNING);
    linkSync(path, oldPath(path, 5));
    writeFileSync(temporaryPath(path, "0123abcd"), "half");
    const another = temporaryPath(place.path("b.jsonl"), "0123abcd");
    writeFileSync(another, "of another");
    swap(replacementOf(path));
    expect({ text: place.read("a.jsonl"), files: place.files() }).toEqual({
      text: "short\n",
      files: [basename(another), "a.jsonl"],
    });
  });
});

describe("the lock", () => {
  test("lets one at a time replace a file", () => {
    const place = new Place();
    const path = place.write("a.jsonl", BEGINNING);
    withLock(path, () => expect(() => swap(replacementOf(path))).toThrow(LockedError));
    expect(swap(replacementOf(path)).status).toBe("swapped");
  });

  test("is freed when its owner fails, and taken over when its owner is dead", () => {
    const place = new Place();
    const path = place.write("a.jsonl", BEGINNING);
    expect(() =>
      withLock(path, () => {
        throw new Error("on the way");
      }),
    ).toThrow("on the way");
    const host = JSON.stringify((JSON.parse(lockOf(path)) as { host: string }).host);
    writeFileSync(lockPath(path), `{"pid":4194399,"host":${host}}`);
    expect(swap(replacementOf(path)).status).toBe("swapped");
    expect(place.files()).toEqual(["a.jsonl"]);
  });
});

/** What the lock says while it is held. */
function lockOf(path: string): string {
  return withLock(path, () => readFileSync(lockPath(path), "utf8"));
}

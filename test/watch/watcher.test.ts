// Following sessions as they grow: what is read, when a cut is made and when none is. The clock is the test's own, and cuts are
// computed at once instead of in a thread.
import { appendFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { oldPath } from "../../src/watch/beside.ts";
import { type WatchEvent, Watcher, type WatchSetup } from "../../src/watch/watcher.ts";
import { runJob } from "../../src/watch/worker.ts";
import { Place } from "../cli/run.ts";
import { claudeSession, openaiChat, refsIn } from "../cli/transcripts.ts";

const SETTINGS = { stages: [["mask-observations", { keep: 4 }] as const] };
const LIMITS = {
  trigger: 10_000,
  target: 4000,
  minimumSavings: 1000,
  isCacheAware: false,
  cacheLifetime: 300_000,
  holdOff: 60_000,
};

class Scene {
  readonly place = new Place();
  readonly events: WatchEvent[] = [];
  readonly jobs: string[] = [];
  now = 0;
  /** Of the test's own: what a file was written at is as long ago as it says. */
  wallClock = 0;
  private watcher: Watcher;
  private readonly setup: Partial<WatchSetup>;

  constructor(setup: Partial<WatchSetup> = {}) {
    this.setup = setup;
    this.watcher = this.begin();
  }

  /** Another process, which knows what the store knows. */
  restart(): void {
    this.watcher = this.begin();
  }

  /** Ends as after SIGTERM. */
  stop(): void {
    this.watcher.save();
  }

  /** Looks a second later, or after so many. */
  async look(seconds = 1): Promise<string[]> {
    this.now += seconds * 1000;
    this.events.length = 0;
    await this.watcher.look(new AbortController().signal);
    return this.events.map(({ event, path }) => `${event} ${path.slice(this.place.directory.length + 1)}`);
  }

  get tokens(): number {
    return this.watcher.totals().tokens;
  }

  private begin(): Watcher {
    return new Watcher({
      places: [this.place.path("d")],
      outputOf: () => undefined,
      settings: { ...SETTINGS, trigger: LIMITS.trigger },
      tokenizer: "chars4",
      store: this.place.path(".compact"),
      limits: LIMITS,
      background: {
        run: async (job) => {
          this.jobs.push(job.path);
          return runJob(job);
        },
      },
      now: () => this.now,
      wallClock: () => this.wallClock,
      tell: (event) => this.events.push(event),
      ...this.setup,
    });
  }
}

const SMALL = openaiChat({ calls: 3 });
const LARGE = openaiChat({ calls: 40 });

describe("a session", () => {
  test("is cut when it reaches the trigger, not before", async () => {
    const scene = new Scene();
    const path = scene.place.write("d/s.jsonl", SMALL);
    expect(await scene.look()).toEqual(["watching d/s.jsonl"]);
    appendFileSync(path, openaiChat({ calls: 5, name: "b" }));
    expect(await scene.look()).toEqual([]);
    appendFileSync(path, openaiChat({ calls: 40, name: "c" }));
    expect(await scene.look()).toEqual(["cut d/s.jsonl"]);
    expect(refsIn(scene.place.read("d/s.jsonl")).length).toBe(44);
    expect(scene.tokens).toBeLessThan(LIMITS.trigger);
  });

  test("has its last lines back when its replacing was cut off by a crash, before anything else is done", async () => {
    const scene = new Scene();
    const late = openaiChat({ calls: 1, name: "late" });
    const path = scene.place.write("d/s.jsonl", SMALL);
    scene.place.write("old", SMALL + late);
    renameSync(scene.place.path("old"), oldPath(path, Buffer.byteLength(SMALL)));
    expect(await scene.look()).toEqual(["watching d/s.jsonl"]);
    expect(scene.place.read("d/s.jsonl")).toBe(SMALL + late);
    expect(scene.place.files("d")).toEqual(["s.jsonl"]);
  });

  test("is counted from its new lines alone, as if it had been read whole", async () => {
    const [grown, whole] = [new Scene(), new Scene()];
    const path = grown.place.write("d/s.jsonl", "");
    for (const line of SMALL.split(/(?<=\n)/)) {
      appendFileSync(path, line.slice(0, 20));
      await grown.look();
      appendFileSync(path, line.slice(20));
      await grown.look();
    }
    whole.place.write("d/s.jsonl", SMALL);
    await whole.look();
    expect(grown.tokens).toBe(whole.tokens);
    expect(whole.tokens).toBeGreaterThan(100);
  });

  test("is not cut again before it has reached the trigger again, and not within the hold-off", async () => {
    const scene = new Scene();
    const path = scene.place.write("d/s.jsonl", LARGE);
    expect(await scene.look()).toContain("cut d/s.jsonl");
    appendFileSync(path, openaiChat({ calls: 40, name: "b" }));
    expect(await scene.look(1)).toEqual([]);
    expect(await scene.look(58)).toEqual([]);
    expect(await scene.look(2)).toEqual(["cut d/s.jsonl"]);
    expect(scene.jobs).toHaveLength(2);
  });

  test("of which a cut would free too little is left, and not tried again before it has grown", async () => {
    const text = Array.from(
      { length: 400 },
      () => `${JSON.stringify({ role: "user", content: "Go on. ".repeat(20) })}\n`,
    );
    const scene = new Scene();
    const path = scene.place.write("d/s.jsonl", text.join(""));
    expect(await scene.look()).toEqual(["watching d/s.jsonl", "left d/s.jsonl"]);
    expect(await scene.look(100)).toEqual([]);
    appendFileSync(path, openaiChat({ calls: 30 }));
    expect(await scene.look(100)).toEqual(["cut d/s.jsonl"]);
  });

  test("that is open for writing elsewhere is reported as ready, and put in place later", async () => {
    const scene = new Scene({
      background: {
        run: async () => ({ status: "held", writers: [1], tokens: 20_000, freed: 5000, bytes: 10 }),
      },
    });
    scene.place.write("d/s.jsonl", LARGE);
    expect(await scene.look()).toEqual(["watching d/s.jsonl", "ready d/s.jsonl"]);
    expect(await scene.look(100)).toEqual([]);
  });

  test("whose cut fails is left as it was; the others are still cut", async () => {
    const scene = new Scene({
      background: {
        run: async (job) =>
          job.path.endsWith("a.jsonl") ? { status: "failed", message: "broken" } : runJob(job),
      },
    });
    scene.place.write("d/a.jsonl", LARGE);
    scene.place.write("d/b.jsonl", LARGE);
    expect(await scene.look()).toEqual([
      "watching d/a.jsonl",
      "failed d/a.jsonl",
      "watching d/b.jsonl",
      "cut d/b.jsonl",
    ]);
    expect(scene.place.read("d/a.jsonl")).toBe(LARGE);
  });
});

describe("a session below the trigger", () => {
  const ROOMY = { ...LIMITS, trigger: 1_000_000 };

  test("is cut once in a pause as long as its cache lives, since that costs nothing", async () => {
    const scene = new Scene({ limits: ROOMY });
    const path = scene.place.write("d/s.jsonl", LARGE);
    expect(await scene.look()).toEqual(["watching d/s.jsonl"]);
    expect(await scene.look(299)).toEqual([]);
    expect(await scene.look(1)).toEqual(["cut d/s.jsonl"]);
    expect(await scene.look(3000)).toEqual([]);
    appendFileSync(path, SMALL);
    expect(await scene.look(300)).toEqual([]);
    expect(scene.jobs).toHaveLength(1);
  });

  test("is not cut in a pause when the target leaves too little to free", async () => {
    const scene = new Scene({ limits: { ...ROOMY, target: 900_000 } });
    scene.place.write("d/s.jsonl", LARGE);
    await scene.look();
    expect(await scene.look(1000)).toEqual([]);
  });

  test("is cut as soon as that pays, for those who count the cost", async () => {
    const scene = new Scene({ limits: { ...ROOMY, isCacheAware: true } });
    const path = scene.place.write("d/s.jsonl", openaiChat({ calls: 2 }));
    expect(await scene.look()).toEqual(["watching d/s.jsonl"]);
    appendFileSync(path, openaiChat({ calls: 40, name: "b" }));
    expect(await scene.look()).toEqual(["cut d/s.jsonl"]);
  });

  test("has rested, when it is seen first, for as long as its file says", async () => {
    const scene = new Scene({ limits: ROOMY });
    scene.place.write("d/s.jsonl", LARGE);
    scene.wallClock = Date.now() + 301_000;
    expect(await scene.look()).toEqual(["watching d/s.jsonl", "cut d/s.jsonl"]);
  });
});

describe("a clock", () => {
  const ROOMY = { ...LIMITS, trigger: 1_000_000 };

  test("that was set back makes no session old: a file of the future has only just been written", async () => {
    const scene = new Scene({ limits: ROOMY });
    scene.place.write("d/s.jsonl", LARGE);
    scene.wallClock = Date.now() - 86_400_000;
    expect(await scene.look()).toEqual(["watching d/s.jsonl"]);
    expect(await scene.look(298)).toEqual([]);
  });

  test("that is set while a session is followed changes nothing: pauses and hold-offs are counted by another", async () => {
    const scene = new Scene({ limits: ROOMY });
    scene.place.write("d/s.jsonl", LARGE);
    await scene.look();
    for (const jump of [86_400_000, -86_400_000, 0]) {
      scene.wallClock = Date.now() + jump;
      expect(await scene.look()).toEqual([]);
    }
    expect(await scene.look(300)).toEqual(["cut d/s.jsonl"]);
  });
});

describe("the watcher survives a session that is", () => {
  test("cut off, or written anew: it is read from its beginning", async () => {
    const scene = new Scene();
    const path = scene.place.write("d/s.jsonl", SMALL.repeat(2));
    await scene.look();
    const before = scene.tokens;
    truncateSync(path, SMALL.length);
    await scene.look();
    expect(scene.tokens).toBe(before / 2);
    writeFileSync(path, openaiChat({ calls: 3, name: "other" }).repeat(3));
    await scene.look();
    expect(scene.tokens).toBeGreaterThan(before);
  });

  test("replaced by another, or rotated away", async () => {
    const scene = new Scene();
    const path = scene.place.write("d/s.jsonl", SMALL.repeat(2));
    await scene.look();
    const { tokens } = scene;
    renameSync(path, scene.place.path("old"));
    scene.place.write("d/s.jsonl", SMALL);
    await scene.look();
    expect(scene.tokens).toBe(tokens / 2);
  });

  test("deleted, and comes back", async () => {
    const scene = new Scene();
    const path = scene.place.write("d/s.jsonl", SMALL);
    await scene.look();
    rmSync(path);
    expect(await scene.look()).toEqual(["gone d/s.jsonl"]);
    scene.place.write("d/s.jsonl", SMALL);
    expect(await scene.look(10)).toEqual(["watching d/s.jsonl"]);
  });

  test("no transcript at all", async () => {
    const scene = new Scene();
    scene.place.write("d/s.jsonl", "hello\n".repeat(50_000));
    expect(await scene.look()).toEqual(["watching d/s.jsonl"]);
    expect(scene.tokens).toBe(0);
  });
});

describe("several sessions", () => {
  test("below a directory are all followed, those that come later too", async () => {
    const scene = new Scene();
    scene.place.write("d/a.jsonl", SMALL);
    scene.place.write("d/deep/er/b.jsonl", claudeSession({ calls: 2 }));
    scene.place.write("d/node_modules/c.jsonl", SMALL);
    scene.place.write("d/notes.txt", SMALL);
    expect(await scene.look()).toEqual(["watching d/a.jsonl", "watching d/deep/er/b.jsonl"]);
    scene.place.write("d/new.jsonl", SMALL);
    expect(await scene.look(10)).toEqual(["watching d/new.jsonl"]);
  });
});

describe("after a restart", () => {
  test("nothing is read or cut twice: the count goes on where it was", async () => {
    const scene = new Scene();
    const path = scene.place.write("d/s.jsonl", LARGE);
    await scene.look();
    scene.stop();
    const { tokens } = scene;
    const after = readFileSync(path, "utf8");
    scene.restart();
    expect(await scene.look()).toEqual([]);
    expect([scene.tokens, scene.jobs.length]).toEqual([tokens, 1]);
    expect(readFileSync(path, "utf8")).toBe(after);
    appendFileSync(path, SMALL);
    await scene.look();
    expect(scene.tokens).toBeGreaterThan(tokens);
  });

  test("a file that was changed meanwhile is read anew", async () => {
    const scene = new Scene();
    const path = scene.place.write("d/s.jsonl", SMALL);
    await scene.look();
    const { tokens } = scene;
    scene.stop();
    writeFileSync(path, openaiChat({ calls: 3, name: "x" }).repeat(2));
    scene.restart();
    await scene.look();
    expect(scene.tokens).toBe(tokens * 2);
  });

  test("what the store says of it is not trusted when it cannot be read", async () => {
    const scene = new Scene();
    scene.place.write("d/s.jsonl", SMALL);
    await scene.look();
    const { tokens } = scene;
    scene.stop();
    for (const name of scene.place.files(".compact/watch"))
      scene.place.write(`.compact/watch/${name}`, "{torn");
    scene.restart();
    await scene.look();
    expect(scene.tokens).toBe(tokens);
  });
});

// In: a place. Out: an agent that writes its session as fast as it can until it is killed, goes on where it was killed, and says in the
// end whether every line that it wrote is there once, in order.
import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Store } from "../../src/artifacts/store.ts";
import { restore } from "../../src/restore.ts";

/** A writer that opens the file for each line, as Claude Code does, and one that holds it open for a while, as Codex does. */
const WRITERS: readonly string[] = [
  'while :; do i=$((i+1)); line >> "$file"; echo $i >> "$log"; done',
  'while :; do exec 9>>"$file"; for n in 1 2 3 4 5 6 7 8 9 10 11 12; do i=$((i+1)); line >&9; echo $i >> "$log"; done; exec 9>&-; done',
];

/** Odd lines are calls, even ones their results, of which few differ; each goes out in one system call. */
const LINE = `line() {
  if [ $((i % 2)) = 1 ]; then
    printf '{"role":"assistant","content":null,"tool_calls":[{"id":"call_%d","type":"function","function":{"name":"shell","arguments":"{}"}}]}\\n' $i
  else
    printf '{"role":"tool","tool_call_id":"call_%d","content":"${"a line of the result\\\\n".repeat(12)}number %d"}\\n' $((i-1)) $((i%8))
  fi
}`;

/** Lets a writer live so long from the moment in which it begins to write. */
const KILLER = 'until [ -e "$1" ]; do sleep 0.002; done; rm "$1"; sleep "$2"; kill -KILL "$3"';

/** Without a stdin: a socket there makes bash run the start-up files of whoever tests. */
const ALONE = { env: { PATH: process.env.PATH }, stdio: "ignore" } as const;

const FIRST = '{"role":"user","content":"Go on until you are stopped."}\n';

/** The same line, to compare with. */
function lineOf(i: number): string {
  if (i % 2 === 1) {
    return `{"role":"assistant","content":null,"tool_calls":[{"id":"call_${i}","type":"function","function":{"name":"shell","arguments":"{}"}}]}\n`;
  }
  return `{"role":"tool","tool_call_id":"call_${i - 1}","content":"${"a line of the result\\n".repeat(12)}number ${i % 8}"}\n`;
}

export class SyntheticAgent {
  readonly file: string;
  /** Everything that is not as it should be. */
  readonly findings: string[] = [];
  /** Lines in the middle of which it was killed. */
  torn = 0;
  private readonly log: string;
  private life = 0;

  constructor(file: string, log: string) {
    this.file = file;
    this.log = log;
  }

  /** A new session. @throws where something is at its path */
  begin(): void {
    writeFileSync(this.file, FIRST, { flag: "wx" });
    writeFileSync(this.log, "");
  }

  /** Resumes, and writes until it is killed after so many seconds. The process ends with its life. */
  live(seconds: number): ChildProcess {
    const written = this.resume();
    const alive = `${this.log}-alive`;
    const script = `file=$1 log=$2 i=$3\n${LINE}\n: > "$4"\n${WRITERS[this.life++ % WRITERS.length]}`;
    const writer = spawn("bash", ["-c", script, "sh", this.file, this.log, String(written), alive], ALONE);
    spawn("sh", ["-c", KILLER, "sh", alive, seconds.toFixed(3), String(writer.pid)], ALONE);
    return writer;
  }

  /**
   * What an agent does that is resumed: it reads how far it came, and ends the line in which it was killed. (A kill can end a write
   * in the middle, at the end of a page.)
   */
  resume(): number {
    const text = readFileSync(this.file, "utf8");
    const end = text.lastIndexOf("\n") + 1;
    const last = lastLine(text.slice(0, end));
    if (end === text.length) return last;
    const torn = text.slice(end);
    const whole = lineOf(last + 1);
    if (!whole.startsWith(torn)) this.find(`ends in something that nobody wrote: ${torn}`);
    appendFileSync(this.file, whole.slice(torn.length));
    this.torn++;
    return last + 1;
  }

  /** Writes the beginning of a line, as if killed there. */
  tear(share: number): void {
    const next = lineOf(this.resume() + 1);
    appendFileSync(this.file, next.slice(0, 1 + Math.floor(share * (next.length - 2))));
  }

  /** @returns how many lines it wrote; what is wrong with them is among the findings */
  check(store: Store, file = this.file): number {
    const written = existsSync(this.log)
      ? readFileSync(this.log, "utf8").split("\n").filter(Boolean).map(Number)
      : [];
    const last = lastLine(readFileSync(file, "utf8"));
    const twice = written.filter((line, i) => line <= (written[i - 1] ?? 0));
    if (twice.length > 0) this.find(`lines ${twice.slice(0, 5)} were lost and written again`);
    if ((written.at(-1) ?? 0) > last) this.find(`ends with ${last} before line ${written.at(-1)}`);
    const expected = FIRST + Array.from({ length: last }, (_, i) => lineOf(i + 1)).join("");
    const restored = restore(readFileSync(file), store);
    if (restored.bytes.toString() !== expected) {
      writeFileSync(`${this.log}.expected`, expected);
      this.find(`is not restored to what was written (${restored.status})`);
    }
    return last;
  }

  find(what: string): void {
    this.findings.push(`${this.file}: ${what}`);
  }
}

function lastLine(text: string): number {
  const ids = [...text.matchAll(/^\{"role":"(assistant|tool)".*?"call_(\d+)"/gm)];
  return ids.reduce((most, [, role, id]) => Math.max(most, Number(id) + (role === "tool" ? 1 : 0)), 0);
}

// In: a file. Out: which other processes hold it open for writing. Linux says so in /proc; other platforms do not say it cheaply,
// and there nothing is known.
import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";

/** The lowest two bits of the flags of an open file: 0 for reading only. */
const ACCESS_MODE = 3;

/** Process ids; undefined where the platform does not say. Processes that we may not look into are not among them. */
export function writersOf({ dev, ino }: Pick<Stats, "dev" | "ino">): number[] | undefined {
  const processes = listed("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  if (processes.length === 0) return undefined;
  return processes.filter((pid) => holdsForWriting(pid, dev, ino)).map(Number);
}

function holdsForWriting(pid: string, dev: number, ino: number): boolean {
  return listed(`/proc/${pid}/fd`).some((descriptor) => {
    const open = statOf(`/proc/${pid}/fd/${descriptor}`);
    return open?.ino === ino && open.dev === dev && isWritable(pid, descriptor);
  });
}

function isWritable(pid: string, descriptor: string): boolean {
  try {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, "utf8"))?.[1];
    return (Number.parseInt(flags ?? "2", 8) & ACCESS_MODE) !== 0;
  } catch {
    return false; // closed meanwhile
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Empty for what is not there, is gone, or is not ours to see. */
function listed(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

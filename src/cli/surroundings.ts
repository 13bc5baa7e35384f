// In: the world of a command. Out: what the places of a harness depend on.
import { homedir } from "node:os";
import type { Surroundings } from "../harness/harness.ts";
import type { Io } from "./io.ts";

export function surroundings({ cwd, env }: Io): Surroundings {
  return { cwd, env, home: env.HOME || env.USERPROFILE || homedir() };
}

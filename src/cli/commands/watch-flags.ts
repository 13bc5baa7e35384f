// In: nothing. Out: the flags that only `plan`, `watch`, `init` and `hook` have.
import type { Flag } from "../flags.ts";

const JSON_FLAG: Flag = { long: "json", section: "Telling", description: "for programs: JSON" };

export const planFlags: readonly Flag[] = [JSON_FLAG];

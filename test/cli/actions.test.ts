// `compact actions`: sequences of steps that worked.
import { existsSync, readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { chat, shell } from "../memory/chat.ts";
import { Place } from "./run.ts";

const SESSION = chat([
  "Add a database migration.",
  shell("echo > migrations/1.sql"),
  shell("npm test", " Tests  3 passed (3)"),
]);

async function made(): Promise<{ place: Place; id: string }> {
  const place = new Place();
  place.write("a.jsonl", SESSION);
  const { stdout, stderr, code } = await place.main(["actions", "a.jsonl"]);
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  expect(stdout).toMatch(
    /^[0-9a-f]{8} {2}Add a database migration\. {2}\(2 steps, done once, a\.jsonl:2\)\n$/,
  );
  return { place, id: stdout.slice(0, 8) };
}

describe("actions", () => {
  test("lists the pads of a session, finds them again and shows one", async () => {
    const { place, id } = await made();
    expect((await place.main(["actions", "find", "migration"])).stdout).toContain(id);
    expect((await place.main(["actions", "show", id])).stdout).toContain("1. run `echo > migrations/1.sql`");
    expect((await place.main(["actions", "show", id, "--sh"])).stdout).toMatch(/^#!\/usr\/bin\/env bash\n/);
    expect(JSON.parse((await place.main(["actions", "show", id, "--json"])).stdout)).toMatchObject({
      version: 1,
      id,
    });
    expect((await place.main(["search", "migration", "--kind", "pad"])).stdout).toContain(`pad ${id}`);
  });

  test("writes the folder of a skill", async () => {
    const { place, id } = await made();
    const { stdout, code } = await place.main(["actions", "show", id, "--skill", "-o", "skills"]);
    expect(code).toBe(0);
    const folder = stdout.trimEnd();
    expect(folder).toBe(place.path(`skills/add-a-database-migration-${id}`));
    expect(readFileSync(`${folder}/SKILL.md`, "utf8")).toMatch(/^---\nname: add-a-database-migration-/);
    expect(statSync(`${folder}/scripts/steps.sh`).mode & 0o111).not.toBe(0);
    const again = await place.main(["actions", "show", id, "--skill", "-o", "skills"]);
    expect(again).toMatchObject({ stdout: "", code: 2 });
    expect(again.stderr).toContain("exists already");
  });

  test("counts what was done in several sessions", async () => {
    const { place } = await made();
    place.write("b.jsonl", SESSION);
    await place.main(["actions", "b.jsonl"]);
    expect((await place.main(["actions", "find", "migration"])).stdout).toContain("done 2 times");
  });

  test("ends with 1 when nothing fits, and makes no store to look for it", async () => {
    const place = new Place();
    expect(await place.main(["actions", "find", "migration"])).toEqual({ stdout: "", stderr: "", code: 1 });
    expect(existsSync(place.path(".compact"))).toBe(false);
  });

  test.each([
    [["actions", "find"], "actions find: no task"],
    [["actions", "show"], "expected one id"],
    [["actions", "show", "../x"], "expected one id"],
    [["actions", "show", "00000000"], "no pad 00000000"],
  ])("refuses %j", async (args, message) => {
    const { place } = await made();
    const { stdout, stderr, code } = await place.main(args);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toContain(message);
  });
});

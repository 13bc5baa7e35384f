// Small sessions of the real clients are kept in recordings/: samples of the formats as they are written today.
// This test notices when a client begins to write something new. UPDATE=1 records anew.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client, Place } from "./client.ts";
import { clients } from "./clients.ts";
import { answersOf, discard, drive, makePlace } from "./drive.ts";
import { recordTypes, scrub } from "./recording.ts";
import { finalAnswer, recordedSession, resumePrompt, task } from "./scenario.ts";

const recordingOf = (client: Client) => join(import.meta.dirname, "recordings", `${client.title}.jsonl`);

describe.each(clients)("the recorded session of $name", (client) => {
  let place: Place;
  let fresh: string;

  beforeAll(async () => {
    place = makePlace();
    const answers = answersOf(client, place, recordedSession, finalAnswer);
    await drive(client, place, { name: "session", prompt: task, answers });
    const file = client.sessionFile(place);
    await drive(client, place, {
      name: "resume",
      prompt: resumePrompt,
      answers: [],
      resume: client.sessionId(file),
    });
    fresh = scrub(readFileSync(file, "utf8"), client, place);
    if (process.env.UPDATE === "1") writeFileSync(recordingOf(client), fresh);
  });

  afterAll(() => discard(place));

  test("knows every record type that the client writes today", () => {
    expect(existsSync(recordingOf(client))).toBe(true);
    expect(recordTypes(fresh)).toEqual(recordTypes(readFileSync(recordingOf(client), "utf8")));
  });

  test("names no place on the machine that made it", () => {
    const kept = readFileSync(recordingOf(client), "utf8");
    for (const trace of ["/tmp/", "-tmp-", `${homedir()}/`, place.home]) expect(kept).not.toContain(trace);
  });
});

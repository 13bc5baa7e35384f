// In: a session file of a client, and where it was made. Out: the same session, fit to be kept in the repository.
// Only text is replaced, in the raw line, so that every other byte stays what the client wrote.
import { release } from "node:os";
import type { Client, Place } from "./client.ts";

const removed = "[text of the vendor, not kept]";

/** A string token of the raw line that is prose: 40 characters, one of them a space, which no id or hash has. */
const prose = /"(?=[^"]* )(?:[^"\\]|\\.){40,}"/g;
const reminder = /"<system-reminder>(?:[^"\\]|\\.){40,}"/g;

/** How Claude Code writes a path into the name of a folder. */
const asFolderName = (path: string) => path.replace(/[^A-Za-z0-9]/g, "-");

/** Takes the machine out of it: the scratch folders become a developer's, the kernel an ordinary one. */
function withoutMachine(text: string, place: Place): string {
  return text
    .replaceAll(place.project, "/home/dev/project")
    .replaceAll(asFolderName(place.project), asFolderName("/home/dev/project"))
    .replaceAll(place.home, "/home/dev")
    .replaceAll(release(), "6.1.0");
}

/** Takes the vendor's own prompts and listings out: they are not ours to publish, and no test needs their words. */
function withoutVendor(line: string, client: Client): string {
  const own = client.isVendorRecord(JSON.parse(line)) ? line.replace(prose, `"${removed}"`) : line;
  return own.replace(reminder, `"${removed}"`);
}

export function scrub(text: string, client: Client, place: Place): string {
  return withoutMachine(text, place)
    .split("\n")
    .map((line) => (line === "" ? line : withoutVendor(line, client)))
    .join("\n");
}

/** Every record type of a session, with the type of what it carries: what a reader of the format meets. */
export function recordTypes(text: string): string[] {
  const lines = text.split("\n").filter(Boolean);
  const types = lines.map((line) => {
    const record = JSON.parse(line) as {
      type: string;
      attachment?: { type: string };
      payload?: { type?: string; item?: { type: string } };
    };
    const inner = record.attachment?.type ?? record.payload?.type;
    return [record.type, inner, record.payload?.item?.type].filter(Boolean).join("/");
  });
  return [...new Set(types)].sort();
}

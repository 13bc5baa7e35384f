// In: the text of a JSON file that may be the user's, with comments or without. Out: the same text with our hooks in it, or without
// them. Only the places of our entries change: all else stays byte for byte.
import {
  findNodeAtLocation,
  getNodeValue,
  type JSONPath,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser/lib/esm/main.js";
import type { HookEvent } from "./harness.ts";
import { HOOK_TIMEOUT, isHookCommand } from "./hook-command.ts";
import { withChild, withoutChild } from "./json-splice.ts";

/** The file is not what its harness would read. */
export class SettingsShapeError extends Error {
  override readonly name = "SettingsShapeError";
}

interface Handler {
  readonly type: string;
  readonly command: string;
  readonly timeout: number;
}

interface Group {
  readonly matcher?: string;
  readonly hooks: readonly Handler[];
}

function groupFor({ matcher }: HookEvent, command: string): Group {
  const hooks = [{ type: "command", command, timeout: HOOK_TIMEOUT }];
  return matcher === undefined ? { hooks } : { matcher, hooks };
}

/** What is added, for people to read. */
export function hooksSnippet(events: readonly HookEvent[], command: string): string {
  const hooks = Object.fromEntries(events.map((event) => [event.name, [groupFor(event, command)]]));
  return JSON.stringify({ hooks }, null, 2);
}

/** @throws SettingsShapeError */
export function addHooks(
  text: string,
  events: readonly HookEvent[],
  command: string,
  harness: string,
): string {
  const wanted = JSON.stringify(events.map((event) => [event.name, groupFor(event, command)]));
  const ours = placesOfOurs(text, harness);
  if (JSON.stringify(ours.map(({ event, group }) => [event, group])) === wanted) return text;
  let result = withProperty(removeHooks(text, harness), [], "hooks", "{}");
  for (const event of events) {
    result = withProperty(result, ["hooks"], event.name, "[]");
    const group = JSON.stringify(groupFor(event, command), null, 2);
    result = withChild(result, nodeAt(result, ["hooks", event.name]), group);
  }
  return result;
}

/** @throws SettingsShapeError */
export function removeHooks(text: string, harness: string): string {
  let result = text;
  for (const { event, index, hook, isAlone } of placesOfOurs(text, harness).reverse()) {
    const group: JSONPath = ["hooks", event, index];
    result = without(result, isAlone ? group : [...group, "hooks", hook]);
    for (const emptied of [["hooks", event], ["hooks"]]) {
      if (nodeAt(result, emptied).children?.length !== 0) break;
      result = without(result, emptied);
    }
  }
  return result;
}

/** The command by which the file calls us; undefined where it does not. */
export function commandIn(text: string, harness: string): string | undefined {
  return placesOfOurs(text, harness)[0]?.command;
}

interface Place {
  readonly event: string;
  readonly index: number;
  readonly hook: number;
  readonly command: string;
  /** Nothing else is in its group. */
  readonly isAlone: boolean;
  readonly group: unknown;
}

function placesOfOurs(text: string, harness: string): Place[] {
  const hooks = valueAt(text, ["hooks"]);
  if (hooks === undefined) return [];
  if (!isRecord(hooks)) throw new SettingsShapeError("`hooks` is no object, expected one of events");
  return Object.entries(hooks).flatMap(([event, groups]) => {
    if (!Array.isArray(groups)) throw new SettingsShapeError(`\`hooks.${event}\` is no list, expected one`);
    return groups.flatMap((group: unknown, index) => {
      const handlers: unknown = isRecord(group) ? group.hooks : undefined;
      if (!Array.isArray(handlers)) return [];
      return handlers.flatMap((handler: unknown, hook) => {
        const command = isRecord(handler) ? handler.command : undefined;
        const isOurs = typeof command === "string" && isHookCommand(command, harness);
        return isOurs ? [{ event, index, hook, command, isAlone: handlers.length === 1, group }] : [];
      });
    });
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function rootOf(text: string) {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined || root?.type !== "object") {
    const line = text.slice(0, first?.offset ?? 0).split("\n").length;
    const problem = first === undefined ? "no object" : printParseErrorCode(first.error);
    throw new SettingsShapeError(`line ${line}: ${problem}, expected a JSON object`);
  }
  return root;
}

function valueAt(text: string, path: JSONPath): unknown {
  const node = findNodeAtLocation(rootOf(text), path);
  return node === undefined ? undefined : getNodeValue(node);
}

/** @throws Error where there is nothing: a mistake of ours */
function nodeAt(text: string, path: JSONPath): Node {
  const node = findNodeAtLocation(rootOf(text), path);
  if (node === undefined) throw new Error(`nothing at ${path.join(".")}`);
  return node;
}

/** Unless it is there. */
function withProperty(text: string, path: JSONPath, name: string, value: string): string {
  if (valueAt(text, [...path, name]) !== undefined) return text;
  return withChild(text, nodeAt(text, path), `${JSON.stringify(name)}: ${value}`);
}

/** A property goes with its name. */
function without(text: string, path: JSONPath): string {
  const node = nodeAt(text, path);
  const child = node.parent?.type === "property" ? node.parent : node;
  if (child.parent === undefined) throw new Error(`${path.join(".")} is not inside of anything`);
  return withoutChild(text, child.parent, child);
}

// In: a pad. Out: it as text: for people, as a commented shell script, as a SKILL.md. What comes from a transcript is one line wherever it
// stands in a comment or a heading, so that no text can break out of it.
import { printable } from "../printable.ts";
import type { Source } from "../source.ts";
import type { Pad, PadParameter, PadStep } from "./pad.ts";
import { replaceWord } from "./parameters.ts";

/** What a pad is called in a list and as a folder. In characters. */
const MIN_TITLE = 20;
const MAX_TITLE = 72;
const MAX_NAME = 48;

const place = ({ transcript, line }: Source) => `${printable(transcript)}:${line}`;

/** The first sentence, and more where that is a word: "Stop." names nothing. */
export function titleOf({ task }: Pad): string {
  const sentences = task.split(/(?<=[.!?])\s|\n/);
  let title = "";
  for (const sentence of sentences) {
    title = `${title} ${sentence}`.trim();
    if (title.length >= MIN_TITLE) break;
  }
  return printable(title, MAX_TITLE);
}

/** Small letters, digits and hyphens, as names of skills must be. */
export function skillName(pad: Pad): string {
  const words = titleOf(pad)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_NAME)
    .replace(/^-+|-+$/g, "");
  return words === "" ? `pad-${pad.id}` : `${words}-${pad.id}`;
}

export function padAsLine(pad: Pad): string {
  const often = pad.sources.length === 1 ? "once" : `${pad.sources.length} times`;
  return `${pad.id}  ${titleOf(pad)}  (${pad.steps.length} steps, done ${often}, ${place(pad.sources.at(-1)!)})`;
}

export function padAsMarkdown(pad: Pad): string {
  return [`# ${titleOf(pad)}`, "", ...body(pad)].join("\n");
}

/** A SKILL.md: front matter, then what a person would read. */
export function padAsSkill(pad: Pad): string {
  const description = `Steps that worked for: ${printable(pad.task, 600)}`;
  return [
    "---",
    `name: ${skillName(pad)}`,
    `description: ${JSON.stringify(description)}`,
    "---",
    "",
    padAsMarkdown(pad),
  ].join("\n");
}

function body({ id, task, parameters, needs, steps, success, troubles, sources }: Pad): string[] {
  return [
    `> ${printable(task, 1000)}`,
    "",
    ...section(
      "Parameters",
      parameters.map(({ name, value }) => `- ${name}: ${code(value)}`),
    ),
    ...section("Needs", [
      ...(needs.directory === undefined ? [] : [`- directory ${code(needs.directory)}`]),
      ...(needs.commands.length === 0 ? [] : [`- commands ${needs.commands.map(code).join(", ")}`]),
      ...needs.files.map((path) => `- file ${code(path)}`),
    ]),
    ...section(
      "Steps",
      steps.map((step, i) => `${i + 1}. ${step.action} ${code(step.text)} (${place(step.source)})`),
    ),
    ...section("Shown by", [
      `- ${code(success.command)}: ${success.outcome} (${place(success.source)})`,
      ...success.lines.map((line) => `- ${code(line)}`),
    ]),
    ...section(
      "What went wrong",
      troubles.map(({ error, command, source, repair }) => {
        const repaired = repair.length === 0 ? "" : `; repaired by ${repair.map(code).join(", ")}`;
        return `- ${code(command)}: ${code(error)} (${place(source)})${repaired}`;
      }),
    ),
    `Pad ${id}, from ${sources.map(place).join(", ")}.`,
    "",
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, "", ...lines, ""];
}

/** A code span that its content cannot end. */
function code(text: string): string {
  const shown = printable(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `\`${shown}\`` : `${fence} ${shown} ${fence}`;
}

/** The commands, with parameters as variables that the environment may set; what is no command is a comment. */
export function padAsScript(pad: Pad): string {
  const { parameters, needs, steps, success, troubles } = pad;
  return [
    "#!/usr/bin/env bash",
    `# ${printable(pad.task, 1000)}`,
    `# Pad ${pad.id}: the commands of ${place(pad.sources.at(-1)!)}. Read before you run.`,
    ...(needs.directory === undefined ? [] : [`# Ran in ${printable(needs.directory)}`]),
    ...troubles.map(
      ({ command, error }) => `# Went wrong on the way: ${printable(command, 100)}: ${printable(error, 160)}`,
    ),
    "set -euo pipefail",
    ...parameters.map(({ name, value }) => `: "\${${name}:=${doubleQuoted(value)}}"`),
    "",
    ...steps.map((step) => scriptStep(step, parameters)),
    "",
    `# Worked when this ended well: ${printable(success.command)}`,
    "",
  ].join("\n");
}

function scriptStep({ action, text, source }: PadStep, parameters: readonly PadParameter[]): string {
  if (action !== "run") return `# ${action} ${printable(text)} (${place(source)})`;
  return `# ${place(source)}\n${withVariables(text, parameters)}`;
}

/** Only outside of single quotes and here-documents, where a shell would not look for variables. */
function withVariables(command: string, parameters: readonly PadParameter[]): string {
  if (command.includes("<<") || command.includes("'")) return command;
  return parameters.reduce((text, { name, value }) => replaceWord(text, value, `\${${name}}`), command);
}

function doubleQuoted(value: string): string {
  return value.replace(/[\\"$`}]/g, "\\$&").replace(/[\u0000-\u001f]/g, " ");
}

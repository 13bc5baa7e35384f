// `--list-stages`, `--list-presets`, `--list-formats`. In: the registries. Out: what stands in them, on stdout.
import { presets } from "../../config/presets.ts";
import { formats } from "../../formats/index.ts";
import { stages } from "../../stages/index.ts";

export function listStages(): string {
  return stages
    .map(({ name, description, options }) => {
      const lines = Object.entries(options).map(
        ([key, { description: meaning, default: value, minimum }]) =>
          `    ${key}=${value}  ${meaning} (${minimum} or more)\n`,
      );
      return `${name}: ${description}\n${lines.join("")}`;
    })
    .join("");
}

export function listPresets(): string {
  return presets
    .map(({ name, description, stages: steps }) => {
      const pipeline = steps.map(([stage, options]) => {
        const given = Object.entries(options).map(([key, value]) => `${key}=${value}`);
        return given.length === 0 ? stage : `${stage}:${given.join(",")}`;
      });
      return `${name}: ${description}\n    ${pipeline.join(" ")}\n`;
    })
    .join("");
}

export function listFormats(): string {
  const width = Math.max(...formats.map(({ name }) => name.length));
  return formats.map(({ name, description }) => `${name.padEnd(width)}  ${description}\n`).join("");
}

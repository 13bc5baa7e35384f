// In: what `compact evaluate --json` printed. Out: the rows of a report, each with the recall of its file under its preset, where it
// was measured. Joined by the names of the files when a report is made, so that rows of any run, and merged ones, can have it.
import { readFileSync } from "node:fs";
import { resolve as resolvePath } from "node:path";
import type { Config } from "../config/config.ts";
import type { PointRecall, TranscriptRecall } from "../evaluate/recall/by-transcript.ts";
import type { FileReport, Recall, Report } from "../report/report.ts";
import { ExitCode } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { CliError, describeError, tell } from "./messages.ts";

const EXPECTED = "expected what `compact evaluate --json` printed";

export class MeasuredRecall {
  private readonly name: string;
  private readonly presetPoints: ReadonlyMap<string, readonly PointRecall[]>;

  /** @throws CliError when the file holds no recall */
  constructor(name: string, cwd: string) {
    this.name = name;
    const ofPresets = ({ path, points }: TranscriptRecall) =>
      [path, points.filter(({ kind }) => kind === "preset")] as const;
    this.presetPoints = new Map(transcriptsIn(name, cwd).map(ofPresets));
  }

  /**
   * Asked before anything is read, so that no hour of work ends without what was asked for.
   *
   * @throws CliError when what was measured is not what the run does
   */
  refuseOtherThan({ preset, budget }: Config): void {
    const measured = [...new Set([...this.presetPoints.values()].flat().map(({ name }) => name))];
    if (preset === undefined || budget !== undefined)
      throw new CliError("--recall is that of a preset as it is, expected no --stage and no --budget");
    if (measured.includes(preset)) return;
    const found = measured.length === 0 ? "no preset was measured" : `measured was ${measured.join(", ")}`;
    throw new CliError(`--recall ${this.name}: ${found}, expected ${preset}`, {
      hint: `compact evaluate GLOB... --presets ${preset} --json > ${this.name}`,
    });
  }

  /** @param rows may be read more than once */
  join(rows: Iterable<FileReport>): Iterable<FileReport> {
    const joined = (file: FileReport) => ({ ...file, recall: this.recallOf(file) ?? file.recall });
    return {
      *[Symbol.iterator]() {
        for (const row of rows) yield joined(row);
      },
    };
  }

  /** Says when there was nothing to join. */
  async judge({ total }: Report, io: Io): Promise<ExitCode> {
    if (total.recall !== undefined || total.files === 0) return ExitCode.done;
    await tell(io, `--recall ${this.name}: has none of these files, expected the names that the report has`);
    return ExitCode.condition;
  }

  /** What was left as it is has lost nothing, and was not measured. */
  private recallOf({ path, status, preset }: FileReport): Recall | undefined {
    if (status !== "compacted") return undefined;
    const point = this.presetPoints.get(path)?.find(({ name }) => name === preset);
    return point && { cuts: point.cuts, kept: point.kept, v: point.v, t: point.t };
  }
}

function transcriptsIn(name: string, cwd: string): readonly TranscriptRecall[] {
  try {
    const { version, transcripts } = JSON.parse(readFileSync(resolvePath(cwd, name), "utf8"));
    if (version === 1 && Array.isArray(transcripts)) return transcripts;
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? "no JSON" : describeError(cause).message;
    throw new CliError(`--recall ${name}: ${reason}, ${EXPECTED}`, { cause });
  }
  throw new CliError(`--recall ${name}: no recall of transcripts, ${EXPECTED}`);
}

// In: the name of a picture. Out: what draws it. Asked before anything is read, so that no hour of work ends at a file that is in the way.
import { Destinations } from "../destinations.ts";
import type { Input } from "../inputs.ts";
import type { Io } from "../io.ts";
import { CliError } from "../messages.ts";
import { writeOutput } from "../outputs.ts";

/** How a result is drawn. */
export interface CurveRenderers<Result> {
  readonly renderSvg: (result: Result) => string;
  readonly renderHtml: (result: Result) => string;
}

/** @returns undefined where no picture is asked for */
export async function curveWriter<Result>(
  { curve, force }: { readonly curve?: string; readonly force?: boolean },
  inputs: readonly Input[],
  io: Io,
  load: () => Promise<CurveRenderers<Result>>,
): Promise<((result: Result) => Promise<void>) | undefined> {
  if (curve === undefined) return undefined;
  const isHtml = /\.html?$/i.test(curve);
  if (!isHtml && !/\.svg$/i.test(curve))
    throw new CliError(`--curve: ${curve}, expected a name in .svg or .html`);
  const destinations = new Destinations(
    inputs,
    { output: undefined, inPlace: false, force: force === true },
    io,
  );
  const destination = destinations.beside(curve);
  const { renderHtml, renderSvg } = await load();
  return (result) =>
    writeOutput(destination, [Buffer.from(isHtml ? renderHtml(result) : renderSvg(result))], io);
}

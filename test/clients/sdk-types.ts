// In: a conversation that a client sent. Out: what the TypeScript compiler says when it is given to the provider's own SDK.
// The literal is checked property by property, so a missing or misspelt field shows; nothing is run or sent.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { installFolder } from "./drive.ts";

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  types: [],
  noEmit: true,
  skipLibCheck: true,
  strict: true,
};

/** How a provider's SDK names its conversation: an import line, and the type. */
export interface SdkType {
  importLine: string;
  type: string;
}

export function typeErrors({ importLine, type }: SdkType, conversation: unknown): string[] {
  const file = join(installFolder(), `conversation-${process.pid}.ts`);
  writeFileSync(
    file,
    `${importLine}\nexport const conversation: ${type} = ${JSON.stringify(conversation, null, 1)};\n`,
  );
  try {
    const program = ts.createProgram([file], options);
    return ts.getPreEmitDiagnostics(program).map((d) => ts.flattenDiagnosticMessageText(d.messageText, "\n"));
  } finally {
    rmSync(file);
  }
}

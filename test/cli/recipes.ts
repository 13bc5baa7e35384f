// In: the name of a recipe. Out: the script that the README shows under it.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const readme = readFileSync(join(import.meta.dirname, "..", "..", "README.md"), "utf8");

export function recipe(name: string): string {
  const script = new RegExp(`<!-- recipe: ${name} -->\n\`\`\`bash\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1];
  if (script === undefined) throw new Error(`no recipe ${name} in the README`);
  return script;
}

// In: a text that a shell ran. Out: its simple commands in order, words unquoted, with redirections and here-documents. Knows as
// much of the language as agents use; what it does not know it reads as words. Runs nothing, expands nothing.

export interface Redirection {
  readonly operator: "<" | ">" | ">>";
  readonly target: string;
}

export interface SimpleCommand {
  readonly words: readonly string[];
  readonly redirections: readonly Redirection[];
  /** What stood in here-documents. */
  readonly input: string;
}

/** Words that begin a command but are none. */
const KEYWORDS: ReadonlySet<string> = new Set(
  "if then else elif fi do done while until esac { } ! time".split(" "),
);

/** `$(...)` inside `$(...)`: deeper ones are left unread. */
const MAX_DEPTH = 4;
/** Longer texts carry data, not commands; only their beginning is read. In characters. */
const MAX_LENGTH = 200_000;

export function parseShell(text: string, depth = 0): SimpleCommand[] {
  return new ShellReader(text.slice(0, MAX_LENGTH), depth).read();
}

class ShellReader {
  private readonly text: string;
  private readonly depth: number;
  private at = 0;
  private readonly commands: SimpleCommand[] = [];
  private words: string[] = [];
  private redirections: Redirection[] = [];
  private word: string | undefined;
  private awaited: Redirection["operator"] | "<<" | "<<<" | undefined;
  private heredocs: { delimiter: string; command: number }[] = [];
  private nested: string[] = [];

  constructor(text: string, depth: number) {
    this.text = text;
    this.depth = depth;
  }

  read(): SimpleCommand[] {
    const { text } = this;
    while (this.at < text.length) {
      const character = text[this.at]!;
      if (character === "\\") this.readEscape();
      else if (character === "'") this.append(this.until("'"));
      else if (character === '"') this.readDoubleQuoted();
      else if (character === "`") this.readNested(this.until("`"));
      else if (character === "$" && text[this.at + 1] === "(") this.readNested(this.parenthesised());
      else if (character === "#" && this.word === undefined) this.skipComment();
      else if (character === "\n") this.endLine();
      else if (/\s/.test(character)) this.step(() => this.endWord());
      else if (character === "<" || character === ">") this.readRedirection();
      else if (character === "&" && text[this.at + 1] === ">") this.step(() => this.endWord());
      else if (";&|()".includes(character)) this.step(() => this.endCommand());
      else this.step(() => this.append(character));
    }
    this.endCommand();
    if (this.depth < MAX_DEPTH) {
      for (const inner of this.nested) {
        for (const command of parseShell(inner, this.depth + 1)) this.commands.push(command);
      }
    }
    return this.commands;
  }

  private step(act: () => void): void {
    this.at++;
    act();
  }

  private append(text: string): void {
    this.word = (this.word ?? "") + text;
  }

  private readEscape(): void {
    const next = this.text[this.at + 1];
    this.at += 2;
    if (next !== undefined && next !== "\n") this.append(next);
  }

  /** The text up to the next sign; behind the opening one. A sign that is never closed ends with the text. */
  private until(sign: string): string {
    const end = this.text.indexOf(sign, this.at + 1);
    const content = this.text.slice(this.at + 1, end === -1 ? undefined : end);
    this.at = end === -1 ? this.text.length : end + 1;
    return content;
  }

  private readDoubleQuoted(): void {
    this.append("");
    this.at++;
    while (this.at < this.text.length && this.text[this.at] !== '"') {
      const character = this.text[this.at]!;
      if (character === "\\") this.readEscape();
      else if (character === "$" && this.text[this.at + 1] === "(") this.readNested(this.parenthesised());
      else if (character === "`") this.readNested(this.until("`"));
      else this.step(() => this.append(character));
    }
    this.at++;
  }

  private readNested(inner: string): void {
    this.nested.push(inner);
    this.append(`$(${inner})`);
  }

  /** What stands in `$(...)`, quotes respected. */
  private parenthesised(): string {
    const start = this.at + 2;
    let open = 1;
    let quote = "";
    this.at = start;
    for (; this.at < this.text.length && open > 0; this.at++) {
      const character = this.text[this.at]!;
      if (character === "\\") this.at++;
      else if (quote !== "") quote = character === quote ? "" : quote;
      else if (character === "'" || character === '"') quote = character;
      else if (character === "(") open++;
      else if (character === ")") open--;
    }
    return this.text.slice(start, open === 0 ? this.at - 1 : this.at);
  }

  private skipComment(): void {
    const end = this.text.indexOf("\n", this.at);
    this.at = end === -1 ? this.text.length : end;
  }

  private readRedirection(): void {
    const [operator] = /^(?:<<<|<<-?|<\(|>>|>\(|>&|<&|<|>\|?)/.exec(this.text.slice(this.at, this.at + 3))!;
    this.at += operator.length;
    if (operator.endsWith("(")) {
      this.at -= 2;
      this.readNested(this.parenthesised());
      return;
    }
    if (this.word !== undefined && /^\d+$/.test(this.word)) this.word = undefined; // the number of a stream
    this.endWord();
    if (operator.endsWith("&")) {
      while (/[\d-]/.test(this.text[this.at] ?? "")) this.at++;
    } else if (operator.startsWith("<<")) this.awaited = operator === "<<<" ? "<<<" : "<<";
    else this.awaited = operator === ">>" ? ">>" : operator === "<" ? "<" : ">";
  }

  private endWord(): void {
    const { word, awaited } = this;
    if (word === undefined) return;
    this.word = undefined;
    if (awaited === undefined) {
      if (this.words.length > 0 || !KEYWORDS.has(word)) this.words.push(word);
      return;
    }
    this.awaited = undefined;
    if (awaited === "<<") this.heredocs.push({ delimiter: word, command: this.commands.length });
    else if (awaited !== "<<<") this.redirections.push({ operator: awaited, target: word });
  }

  private endCommand(): void {
    this.endWord();
    this.awaited = undefined;
    const isEmpty = this.words.length === 0 && this.redirections.length === 0;
    if (!isEmpty || this.heredocs.some(({ command }) => command === this.commands.length)) {
      this.commands.push({ words: this.words, redirections: this.redirections, input: "" });
    }
    this.words = [];
    this.redirections = [];
  }

  /** Here-documents begin behind the line that names them. */
  private endLine(): void {
    this.endCommand();
    this.at++;
    for (const { delimiter, command } of this.heredocs) {
      const lines: string[] = [];
      while (this.at < this.text.length) {
        const end = this.text.indexOf("\n", this.at);
        const line = this.text.slice(this.at, end === -1 ? undefined : end);
        this.at = end === -1 ? this.text.length : end + 1;
        if (line.trim() === delimiter) break;
        lines.push(line);
      }
      const owner = this.commands[command];
      if (owner !== undefined) this.commands[command] = { ...owner, input: owner.input + lines.join("\n") };
    }
    this.heredocs = [];
  }
}

// What a harness is to this program: where its settings and transcripts lie, and what is put there to wire compact in. One file a
// harness implements this, as data; who writes to disk is `installation.ts`.

/** `project`: for everybody who works here. `user`: for all that this user does. */
export type Scope = "project" | "user";

/** What places depend on. */
export interface Surroundings {
  readonly cwd: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface WiringSources extends Surroundings {
  /** The text of a file that the build made beside the program. */
  programFile(name: string): string;
}

/** A moment of a session at which the harness calls a command. */
export interface HookEvent {
  readonly name: string;
  /** Which of such moments, as the harness understands it; absent: all. */
  readonly matcher?: string;
}

export type Piece =
  /** A file of our own; `options` finds what in it depends on the options that were given. */
  | { readonly kind: "file"; readonly path: string; readonly text: string; readonly options?: RegExp }
  /** Entries under `hooks` in a JSON file that may be the user's. */
  | {
      readonly kind: "hooks";
      readonly path: string;
      readonly events: readonly HookEvent[];
      readonly command: string;
    };

/** Something that the user does, since it is not ours to do. */
export interface ByHand {
  readonly command: string;
  readonly purpose: string;
}

export interface Wiring {
  /** The folder of the harness: what lies above it was not made by us. */
  readonly folder: string;
  readonly pieces: readonly Piece[];
  readonly byHand: readonly ByHand[];
}

/** What the hooks of a harness may read and answer. */
export interface HookContract {
  /** The folder below which a transcript that a hook names has to lie. */
  sessions(around: Surroundings): string;
  /** The directory of the project, where the harness says so: agents change the one that they work in. */
  project?(env: Surroundings["env"]): string | undefined;
  /** What a hook prints before the harness summarises is added to what the summariser is told. */
  readonly tellsSummariser: boolean;
}

export interface Harness {
  readonly name: string;
  readonly title: string;
  /** @param options what `compact watch` is to be told: `--window 1M`, or nothing */
  wiring(scope: Scope, around: WiringSources, options: string): Wiring;
  /** Absent for a harness that calls no hooks. */
  readonly hooks?: HookContract;
}

// In: a mistake in flags or configuration. Out: an error whose message says what is wrong and what was expected.

/** Something that a person can mend by writing other settings. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly hint: string | undefined;
  constructor(message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
  }
}

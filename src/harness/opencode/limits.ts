// In: the options that `compact init` was given. Out: at how many tokens a session is cut, and down to how many. The words are those
// of `compact watch`, and so are the defaults.

export interface Limits {
  readonly trigger: number;
  readonly target: number;
  /** A session is not looked at again before it has grown by as much. */
  readonly minimumSavings: number;
}

/** @param options `--window 1M --trigger 60%` @param window of the model, where it is known */
export function limitsOf(options: string, window: number | undefined): Limits {
  const given = new Map([...options.matchAll(/--([a-z-]+) (\S+)/g)].map(([, name, value]) => [name, value]));
  const whole = amount(given.get("window") ?? String(window ?? 200_000), 0);
  const share = (name: string, usual: string) => amount(given.get(name) ?? usual, whole);
  return {
    trigger: share("trigger", "80%"),
    target: share("target", "45%"),
    minimumSavings: share("min-savings", "10%"),
  };
}

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 1000, m: 1_000_000 };

function amount(text: string, whole: number): number {
  const [, digits = "0", unit = ""] = /^([\d.]+)(%|[km]?)$/i.exec(text) ?? [];
  return unit === "%" ? (whole * Number(digits)) / 100 : Number(digits) * (UNITS[unit.toLowerCase()] ?? 1);
}

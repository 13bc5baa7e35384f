// The work that a client is led through, as data: what the model says and what it asks the client to do.
// In: nothing. Out: steps in neutral words; each client translates them into calls of its own tools.

/** One thing that the model asks for; paths are relative to the project. */
export type Action =
  | { do: "read"; path: string }
  | { do: "run"; command: string }
  | { do: "search"; pattern: string; path: string }
  | { do: "edit"; path: string; from: string; to: string }
  | { do: "write"; path: string; text: string };

/** One answer of the model: several actions in one step are parallel calls. */
export interface Step {
  say: string;
  actions: Action[];
}

const read = (path: string): Action => ({ do: "read", path });
const run = (command: string): Action => ({ do: "run", command });
const search = (pattern: string, path: string): Action => ({ do: "search", pattern, path });
const edit = (path: string, from: string, to: string): Action => ({ do: "edit", path, from, to });

export const task =
  "The test of totalWithTax fails. Find out why, repair it, and leave notes. Never delete src/orders.mjs.";
export const finalAnswer =
  "The tax is now a factor. Publishing still fails: config/publish.json has no token.";

/** Read once, in the second step, and never again: what every preset but `light` cuts, and what is edited after the resume. */
export const longAgoRead = "src/cart.mjs";

export const session: Step[] = [
  { say: "I look around first.", actions: [run("ls -R README.md src test scripts config")] },
  {
    say: "Three modules could hold it.",
    actions: [read(longAgoRead), read("src/prices.mjs"), read("src/orders.mjs")],
  },
  { say: "Who calls it?", actions: [search("totalWithTax", "src")] },
  { say: "Let me see it fail.", actions: [run("node --test test/prices.test.mjs")] },
  { say: "What does the test want?", actions: [read("test/prices.test.mjs")] },
  { say: "Back to the module.", actions: [read("src/prices.mjs")] },
  {
    say: "The rate is added where it has to multiply.",
    actions: [edit("src/prices.mjs", "return net + rate;", "return net * (1 + rate);")],
  },
  { say: "Does it hold?", actions: [run("node --test test/prices.test.mjs")] },
  { say: "Others may have copied it.", actions: [read("src/stock.mjs"), read("src/customers.mjs")] },
  { say: "The yearly figures show what the bug cost.", actions: [run("node scripts/report.mjs")] },
  { say: "Where do they come from?", actions: [read("data/ledger.csv")] },
  { say: "Invoices use it too.", actions: [search("export function", "src/invoices.mjs")] },
  {
    say: "I read the rest.",
    actions: [read("src/invoices.mjs"), read("src/shipping.mjs"), read("src/reviews.mjs")],
  },
  {
    say: "I write down what I found.",
    actions: [{ do: "write", path: "NOTES.md", text: "# Notes\n\ntotalWithTax added the rate.\n" }],
  },
  { say: "How large is all this?", actions: [run("wc -l src/*.mjs")] },
  { say: "Can it be published?", actions: [run("node scripts/publish.mjs")] },
  { say: "It cannot. Why?", actions: [read("scripts/publish.mjs"), run("cat config/publish.json")] },
  { say: "Orders round too early.", actions: [read("src/orders.mjs")] },
  {
    say: "I mend the rounding.",
    actions: [edit("src/orders.mjs", "export const cents = 1;", "export const cents = 100;")],
  },
  { say: "Still sound?", actions: [run("node --check src/orders.mjs && echo sound")] },
  { say: "Anything left?", actions: [search("TODO", "src"), run("head -n 20 src/reviews.mjs")] },
  { say: "And the tail?", actions: [run("tail -n 20 src/reviews.mjs")] },
  { say: "Which Node is this?", actions: [run("node --print 'process.versions.node.split(\".\").length'")] },
  { say: "All tests once more.", actions: [run("node --test test/")] },
  { say: "I look at my notes.", actions: [run("cat NOTES.md")] },
  {
    say: "The last check.",
    actions: [run("grep -c function src/prices.mjs"), run("sort config/publish.json")],
  },
];

/** A short piece of work for the recordings: parallel calls, a failure, a repair, an output that is too large, a new file. */
export const recordedSession: Step[] = [
  { say: "I look at both.", actions: [read("test/prices.test.mjs"), read("scripts/publish.mjs")] },
  { say: "Let me see it fail.", actions: [run("node --test test/prices.test.mjs")] },
  { say: "Where is it?", actions: [search("totalWithTax", "src"), run("head -n 4 src/prices.mjs")] },
  { say: "I read the module.", actions: [read("src/prices.mjs")] },
  {
    say: "The rate is added where it has to multiply.",
    actions: [edit("src/prices.mjs", "return net + rate;", "return net * (1 + rate);")],
  },
  { say: "Does it hold?", actions: [run("node --test test/prices.test.mjs")] },
  { say: "The yearly figures.", actions: [run("node scripts/report.mjs | head -c 31000")] },
  {
    say: "I write it down.",
    actions: [{ do: "write", path: "NOTES.md", text: "# Notes\n\nThe rate is a factor.\n" }],
  },
  { say: "Can it be published?", actions: [run("node scripts/publish.mjs")] },
];

export const resumePrompt = "Now give the cart a name, and show me what you read at the beginning.";
export const editOfLongAgoRead = edit(longAgoRead, "cart module, version 1", "cart module, version 2");
export const readOfLongAgoRead = read(longAgoRead);

/** How the agent fetches what was cut: as the marker says it; the copy on disk lets a test compare every byte. */
export function fetchOf(ref: string): Action {
  return run(`compact get ${ref} | tee fetched.txt`);
}

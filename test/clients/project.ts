// In: nothing. Out: the files of a small project with one bug, the same ones every time.
// The modules are long enough to be worth compacting; they hold no dates, no randomness, no machine paths.

const nouns = [
  "basket",
  "voucher",
  "parcel",
  "ledger",
  "refund",
  "margin",
  "season",
  "branch",
  "courier",
  "pledge",
];
const verbs = ["find", "merge", "check", "round", "split", "carry", "audit", "close", "renew", "weigh"];

/** One module of about 6 KB: functions that differ, so that a cut line is visibly this line. */
function moduleText(name: string, extra: string): string {
  const functions = verbs.flatMap((verb, v) =>
    nouns.slice(0, 6).map((noun, n) => {
      const title = `${verb}${noun[0]?.toUpperCase()}${noun.slice(1)}`;
      return `export function ${title}(${noun}, limit = ${v * 10 + n}) {\n  return ${noun}.${name}.slice(0, limit);\n}\n`;
    }),
  );
  return `// ${name} module, version 1\n${extra}${functions.join("")}`;
}

/** 30 KB of figures: as an observation more than 8,000 tokens, which is where every preset begins to cut. */
const ledger = Array.from(
  { length: 1000 },
  (_, n) => `${n},branch-${n % 13},${n * 113},${n * 7},${n % 9}\n`,
).join("");

const priceTest = `import assert from "node:assert/strict";
import { test } from "node:test";
import { totalWithTax } from "../src/prices.mjs";

test("adds the tax as a factor", () => {
  assert.equal(totalWithTax(200, 0.5), 300);
});
`;

const report = `for (let day = 1; day <= 1800; day += 1) {
  console.log(\`day \${day}: \${day * 7} orders, \${day * 113} cents of tax, \${day % 9} refunds, branch \${day % 13}\`);
}
`;

const publish = `import { readFileSync } from "node:fs";

const settings = JSON.parse(readFileSync("config/publish.json", "utf8"));
if (!settings.token) {
  console.error("PublishError: config/publish.json:3: no token, expected one");
  process.exitCode = 3;
}
`;

/** Path to text, relative to the project folder. */
export const projectFiles: Readonly<Record<string, string>> = {
  "README.md": "# shop\n\nA small shop.\n",
  "src/cart.mjs": moduleText("cart", ""),
  "src/prices.mjs": moduleText(
    "prices",
    "export function totalWithTax(net, rate) {\n  return net + rate;\n}\n",
  ),
  "src/orders.mjs": moduleText("orders", "export const cents = 1;\n"),
  "src/stock.mjs": moduleText("stock", ""),
  "src/customers.mjs": moduleText("customers", ""),
  "src/invoices.mjs": moduleText("invoices", ""),
  "src/shipping.mjs": moduleText("shipping", ""),
  "src/reviews.mjs": moduleText("reviews", "// TODO: reviews need a date\n"),
  "test/prices.test.mjs": priceTest,
  "scripts/report.mjs": report,
  "scripts/publish.mjs": publish,
  "data/ledger.csv": `entry,branch,cents,orders,refunds\n${ledger}`,
  "config/publish.json": '{\n  "registry": "https://registry.invalid",\n  "token": ""\n}\n',
};

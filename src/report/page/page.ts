// The script of the page. In: the page as it was written. Out: tables that sort, charts that
// can be pointed at, and the transcript, drawn as it is looked at.
// Text only ever becomes text: nothing here makes elements out of it.
import { showGrowth } from "./growth.ts";
import { sortable } from "./sortable.ts";
import { showTranscript } from "./transcript.ts";

for (const table of document.querySelectorAll("table")) sortable(table);

const growth = document.querySelector<HTMLElement>("[data-growth]");
if (growth !== null) showGrowth(growth);

const data = document.getElementById("session");
if (data !== null) showTranscript(JSON.parse(data.textContent));

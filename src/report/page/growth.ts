// In: the section of growth as it was written, with its numbers. Out: the same, and a step that can be chosen, by pointing at a chart
// or with a slider, whose numbers stand in the legend.

interface GrowthData {
  readonly steps: readonly number[];
  readonly before: Readonly<Record<string, readonly number[]>>;
  readonly after: Readonly<Record<string, readonly number[]>>;
  /** Of a chart, in its own units: where its first and its last step stand, and its size. */
  readonly frame: {
    readonly left: number;
    readonly right: number;
    readonly width: number;
    readonly height: number;
  };
}

export function showGrowth(section: HTMLElement): void {
  const data: GrowthData = JSON.parse(section.dataset.growth ?? "");
  const { steps, frame } = data;
  const charts = [...section.querySelectorAll<SVGSVGElement>("svg")];
  const cursors = charts.map((chart) => chart.appendChild(cursorOf(frame.height)));
  const slider = sliderOf(steps);
  section.querySelector(".pair")?.after(slider.label);

  const choose = (place: number) => {
    const x = frame.left + (place * (frame.right - frame.left)) / (steps.length - 1);
    for (const cursor of cursors) cursor.setAttribute("transform", `translate(${x} 0)`);
    const text = sayStep(section, data, place);
    slider.input.value = String(place);
    slider.input.setAttribute("aria-valuetext", text);
  };
  slider.input.addEventListener("input", () => choose(Number(slider.input.value)));
  for (const chart of charts) {
    chart.addEventListener("pointermove", (event) => {
      const box = chart.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * frame.width;
      const share = (x - frame.left) / (frame.right - frame.left);
      choose(Math.round(Math.min(1, Math.max(0, share)) * (steps.length - 1)));
    });
  }
  choose(steps.length - 1);
}

/** @returns what a screen reader says of it */
function sayStep(section: HTMLElement, { steps, before, after }: GrowthData, place: number): string {
  const at = (list: readonly number[] | undefined) => list?.[place] ?? 0;
  let [all, left] = [0, 0];
  for (const item of section.querySelectorAll<HTMLElement>("[data-kind]")) {
    const kind = item.dataset.kind ?? "";
    const size = { before: at(before[kind]), after: at(after[kind] ?? before[kind]) };
    all += size.before;
    left += size.after;
    item.textContent = change(size.before, size.after);
  }
  const text = `step ${count(steps[place] ?? 0)}: ${change(all, left)} tokens`;
  const chosen = section.querySelector(".chosen");
  if (chosen !== null) chosen.textContent = text;
  return text;
}

function sliderOf(steps: readonly number[]) {
  const input = document.createElement("input");
  Object.assign(input, { id: "step", type: "range", min: "0", max: String(steps.length - 1) });
  const label = document.createElement("label");
  label.className = "step";
  label.append("Step ", input);
  return { label, input };
}

function cursorOf(height: number): SVGLineElement {
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  line.setAttribute("class", "cursor");
  line.setAttribute("y2", String(height));
  return line;
}

function change(before: number, after: number): string {
  return before === after ? count(before) : `${count(before)} → ${count(after)}`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

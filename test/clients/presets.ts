// Every preset of the program is held against every client. `light` leaves what is small, so it need not have cut
// the file that the model read long ago; all others must.
import { presets as all } from "../../src/config/presets.ts";

export const presets = all.map(({ name }) => ({ preset: name, cutsLongAgoRead: name !== "light" }));

// Which presets are held against the clients, and which of them must have cut what was read long ago.
export const presets = [
  { preset: "light", cutsLongAgoRead: false },
  { preset: "balanced", cutsLongAgoRead: true },
  { preset: "mask", cutsLongAgoRead: true },
];

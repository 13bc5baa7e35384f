// In: the words of each line of a block. Out: how rare and how recent the agent's own words are in each line and around it, and how much
// of a line they are.
import type { BlockLines } from "./block-lines.ts";
import type { Context } from "./feature-context.ts";
import { nearestDistances, windowMaxima, windowMeans } from "./neighbours.ts";
import * as tuned from "./weights.ts";

export function wordFeatures({ starts, wordStarts }: BlockLines, context: Context) {
  const { idf, lineIdf, recency, lastRecency, freshness, lastUse, wordList } = context;
  const count = starts.length;
  const most = new Float64Array(count);
  const mostLast = new Float64Array(count);
  const rarity = new Float64Array(count);
  const agentShare = new Float64Array(count);
  const fresh = new Float64Array(count);
  const freshShare = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let all = 0;
    let used = 0;
    let freshSum = 0;
    for (let w = wordStarts[i]!; w < wordStarts[i + 1]!; w++) {
      const word = wordList[w]!;
      if (recency[word]! > most[i]!) most[i] = recency[word]!;
      if (lastRecency[word]! > mostLast[i]!) mostLast[i] = lastRecency[word]!;
      if (idf[word]! > rarity[i]!) rarity[i] = idf[word]!;
      if (freshness[word]! > fresh[i]!) fresh[i] = freshness[word]!;
      freshSum += freshness[word]!;
      all += lineIdf[word]!;
      if (lastUse[word] !== -1) used += lineIdf[word]!;
    }
    agentShare[i] = all > 0 ? used / all : 0;
    freshShare[i] = all > 0 ? freshSum / all : 0;
  }
  return {
    near: windowMeans(most, tuned.WORDS_AROUND),
    nearLast: windowMeans(mostLast, tuned.WORDS_AROUND),
    rarity,
    agentShare,
    fresh,
    freshNear: windowMeans(fresh, tuned.WORDS_AROUND),
    freshAround: windowMeans(fresh, tuned.WORDS_FAR_AROUND),
    freshClose: windowMaxima(fresh, tuned.WORDS_CLOSE),
    freshDistance: nearestDistances(fresh, tuned.FRESH, tuned.FAR),
    freshShare,
  };
}

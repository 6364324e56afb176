// biome-ignore lint/performance/noBarrelFile: the old place of one function, for as long as pause-journey.ts names it
export { loadJourney } from "./load-journey.ts";

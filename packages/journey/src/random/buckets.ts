import { avalanche, hash32 } from "./hash.ts";

/** How finely chance is divided. */
export const BUCKETS = 10_000;

export interface Share {
  /** What the share keeps its buckets by, when weights change or branches come and go. */
  readonly label: string;
  readonly weight: number;
}

/** The bucket of a subject: the same for ever, and independent between salts. */
export function bucketOf(salt: string, subject: string): number {
  return hash32(subject, hash32(salt)) % BUCKETS;
}

/**
 * The share that owns each bucket, as an index into `shares`. Each share owns exactly its part of the buckets, and a
 * change of weights moves few more than it must; with two shares it moves exactly as many.
 */
export function assignBuckets(shares: readonly Share[]): Uint16Array {
  const costs = shares.map(costOf);
  const owners = new Uint16Array(BUCKETS).map((_, bucket) => cheapest(costs, bucket));
  balance(owners, costs, quotas(shares));
  return owners;
}

// Each share bids for each bucket with an exponential clock of its weight: a share whose weight grows only wins
// buckets, and those in proportion from all others. Kept as a logarithm, so that weights can be tiny.
function costOf(share: Share): Float64Array {
  const seed = hash32(share.label);
  const logWeight = Math.log(share.weight);
  return new Float64Array(BUCKETS).map((_, bucket) => {
    const uniform = (avalanche(seed ^ Math.imul(bucket + 1, 0x9e3779b1)) + 0.5) / 2 ** 32;
    return Math.log(-Math.log(uniform)) - logWeight;
  });
}

function cheapest(costs: readonly Float64Array[], bucket: number): number {
  let best = 0;
  for (let i = 1; i < costs.length; i++) if (costs[i]![bucket]! < costs[best]![bucket]!) best = i;
  return best;
}

/** Exact numbers of buckets by largest remainder; the first of equals wins. */
function quotas(shares: readonly Share[]): number[] {
  const total = shares.reduce((sum, share) => sum + share.weight, 0);
  const exact = shares.map((share) => (share.weight / total) * BUCKETS);
  const whole = exact.map(Math.floor);
  const left = BUCKETS - whole.reduce((sum, count) => sum + count, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) whole[index]! += 1;
  return whole;
}

// The bids give each share its part only on average. Those with too many give away the buckets they won most narrowly.
function balance(owners: Uint16Array, costs: readonly Float64Array[], quota: readonly number[]): void {
  const excess = quota.map((count) => -count);
  for (const owner of owners) excess[owner]! += 1;
  for (const { bucket, to } of moves(owners, costs, excess)) {
    const from = owners[bucket]!;
    if (excess[from]! <= 0 || excess[to]! >= 0) continue;
    owners[bucket] = to;
    excess[from]! -= 1;
    excess[to]! += 1;
  }
}

interface Move {
  readonly bucket: number;
  readonly to: number;
  readonly loss: number;
}

function moves(owners: Uint16Array, costs: readonly Float64Array[], excess: readonly number[]): Move[] {
  const takers = excess.flatMap((count, index) => (count < 0 ? [index] : []));
  const found: Move[] = [];
  owners.forEach((owner, bucket) => {
    if (excess[owner]! <= 0) return;
    for (const to of takers) found.push({ bucket, to, loss: costs[to]![bucket]! - costs[owner]![bucket]! });
  });
  return found.sort((a, b) => a.loss - b.loss || a.bucket - b.bucket || a.to - b.to);
}

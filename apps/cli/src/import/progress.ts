/** Where progress is shown. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface ProgressState {
  /** Bytes of the file that are dealt with. */
  readonly bytes: number;
  /** Rows dealt with by this run. */
  readonly rows: number;
}

export interface Progress {
  /** Called as often as one likes; shown at most ten times a second, or a line every five seconds. */
  update(state: ProgressState): void;
  /** Clears the bar. */
  done(): void;
}

export interface ProgressSetup {
  readonly out: ProgressOutput;
  readonly totalBytes: number;
  /** Milliseconds that only go forward. */
  now(): number;
}

const barMs = 100;
const lineMs = 5_000;
const barWidth = 28;

/** A bar with rate and time left on a terminal; plain lines everywhere else. */
export function createProgress({ out, totalBytes, now }: ProgressSetup): Progress {
  const started = now();
  const everyMs = out.isTTY ? barMs : lineMs;
  let first: ProgressState | undefined;
  let shownAt = started;
  return {
    update: (state) => {
      // What an earlier run had done says nothing about this one's rate.
      first ??= state;
      const at = now();
      if (at - shownAt < everyMs) return;
      shownAt = at;
      const share = totalBytes === 0 ? 1 : state.bytes / totalBytes;
      const perByte = (at - started) / (state.bytes - first.bytes);
      const text = describe(state, { share, elapsedMs: at - started, leftMs: perByte * (totalBytes - state.bytes) });
      out.write(out.isTTY ? `\r\x1b[2K${bar(share)} ${text}` : `${text}\n`);
    },
    done: () => {
      if (out.isTTY) out.write("\r\x1b[2K");
    },
  };
}

function bar(share: number): string {
  const full = Math.round(share * barWidth);
  return `[${"#".repeat(full)}${"-".repeat(barWidth - full)}]`;
}

interface Pace {
  readonly share: number;
  readonly elapsedMs: number;
  readonly leftMs: number;
}

function describe({ rows }: ProgressState, { share, elapsedMs, leftMs }: Pace): string {
  const rate = Math.round((rows * 1_000) / Math.max(1, elapsedMs));
  const left = Number.isFinite(leftMs) ? `${minutes(leftMs)} left` : "";
  return `${Math.floor(share * 100)}%  ${count(rows)} rows  ${count(rate)}/s  ${left}`.trimEnd();
}

export const count = (value: number): string => value.toLocaleString("en-US");

function minutes(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

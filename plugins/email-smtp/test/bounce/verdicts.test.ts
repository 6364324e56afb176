import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readMail } from "../../src/bounce/read-mail.ts";
import { readReports } from "../../src/bounce/read-reports.ts";
import type { Report } from "../../src/bounce/report.ts";

const folder = `${process.env.WEND_SHARED}/data/bounces`;
const present = process.env.WEND_SHARED !== undefined && existsSync(`${folder}/verdicts.jsonl`);
if (!present) console.log("skipped: the real bounces and complaints, for WEND_SHARED names no folder with them");

interface Verdict {
  readonly recipient: string;
  readonly hard: boolean | null;
  readonly feedback: string | null;
}

type Judgement = "hard" | "soft" | "complaint" | "nothing";
const judgements: readonly Judgement[] = ["hard", "soft", "complaint", "nothing"];

interface Judged {
  readonly theirs: Judgement;
  readonly ours: Judgement;
  /** Whether both name one recipient. */
  readonly isNamed: boolean;
  readonly withStatus: boolean;
}

test.skipIf(!present)("hard and soft are told apart as an independent classifier does", async () => {
  const judged = await judgeAll();
  const share = (some: readonly Judged[]) => some.filter(({ theirs, ours }) => theirs === ours).length / some.length;
  const withStatus = judged.filter((one) => one.withStatus);
  console.log(
    `${confusion(judged)}\nagreement: ${percent(share(judged))} of ${judged.length}; with a delivery status ${percent(share(withStatus))} of ${withStatus.length}; recipients named alike: ${judged.filter(({ isNamed }) => isNamed).length}`,
  );
  expect(share(withStatus)).toBeGreaterThanOrEqual(0.95);
  expect(share(judged)).toBeGreaterThanOrEqual(0.85);
});

async function judgeAll(): Promise<Judged[]> {
  const lines = readFileSync(`${folder}/verdicts.jsonl`, "utf8").trim().split("\n");
  const judged: Judged[] = [];
  for (const line of lines) {
    const { file, verdicts } = JSON.parse(line) as { file: string; verdicts: Verdict[] };
    const raw = readFileSync(`${folder}/mails/${file}`);
    const reports = readReports(await readMail(raw));
    const withStatus = /content-type:\s*message\/(?:global-)?delivery-status/i.test(raw.toString("latin1"));
    for (const verdict of verdicts) {
      const named = reports.find(({ recipient }) => recipient === verdict.recipient.toLowerCase());
      // Of one failure both speak, however its recipient was made unrecognisable.
      const only = verdicts.length === 1 && reports.length === 1 ? reports[0] : undefined;
      const ours = ourJudgement(named ?? only);
      judged.push({ theirs: theirJudgement(verdict), ours, isNamed: named !== undefined, withStatus });
    }
  }
  return judged;
}

function theirJudgement({ hard, feedback }: Verdict): Judgement {
  if (feedback !== null) return feedback === "auth-failure" ? "nothing" : "complaint";
  if (hard === null) return "nothing";
  return hard ? "hard" : "soft";
}

function ourJudgement(report: Report | undefined): Judgement {
  if (report === undefined) return "nothing";
  if (report.kind === "complained") return "complaint";
  return report.kind === "bounced" ? report.bounce : "soft";
}

function confusion(judged: readonly Judged[]): string {
  const cell = (text: string | number) => String(text).padStart(11);
  const rows = judgements.map((theirs) => {
    const counts = judgements.map((ours) => judged.filter((one) => one.theirs === theirs && one.ours === ours).length);
    return `${cell(theirs)}${counts.map(cell).join("")}`;
  });
  return [`theirs\\ours${judgements.map(cell).join("")}`, ...rows].join("\n");
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

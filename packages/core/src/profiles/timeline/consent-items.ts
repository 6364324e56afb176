import type { JsonObject } from "@wend/journey";
import { quoted } from "../../listing/words.ts";
import type { Tx } from "../../store/transaction.ts";
import type { ConsentView } from "../profile-view.ts";
import type { TimelineItem } from "./item.ts";
import type { Position, SourceQuery } from "./position.ts";
import { isBefore, phases, sourceValues } from "./position.ts";

interface Row extends Record<string, unknown> {
  id: string;
  channel: string;
  purpose: string;
  topic: string;
  state: ConsentView["state"];
  at: number;
  source: string;
  detail: JsonObject | null;
}

/** What the profile granted and revoked. */
export async function loadConsentItems(tx: Tx, query: SourceQuery): Promise<(TimelineItem & { position: Position })[]> {
  const rows = await tx.rows<Row>(
    `select id, channel, purpose, topic, state, at, source, detail from consent_changes
     where workspace_id = $1 and profile_id = $2 and ${isBefore("at", phases.consent, "id::text")}
     order by at desc, id desc limit $6`,
    sourceValues(tx, query),
  );
  return rows.map(({ id, ...consent }) => ({
    position: { at: consent.at, phase: phases.consent, key: id },
    at: consent.at,
    says: explainConsent(consent),
    kind: "consent",
    consent,
  }));
}

function explainConsent({ channel, purpose, topic, state, source }: ConsentView): string {
  const what = `${purpose} ${channel} ${topic === "*" ? "on every topic" : `on ${quoted(topic)}`}`;
  return `Consent to ${what} was ${state} (source: ${source}).`;
}

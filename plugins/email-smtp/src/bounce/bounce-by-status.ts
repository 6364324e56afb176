/** What an enhanced status says of the address. */
export interface StatusMeaning {
  readonly bounce: "hard" | "soft";
  /** False where servers use it for other things too, so that their words go first. */
  readonly sure: boolean;
}

const hard: StatusMeaning = { bounce: "hard", sure: true };
const likelyHard: StatusMeaning = { bounce: "hard", sure: false };
const likelySoft: StatusMeaning = { bounce: "soft", sure: false };
const soft: StatusMeaning = { bounce: "soft", sure: true };

// RFC 3463, RFC 5248, RFC 7505, and those of Exchange Online.
const table: { readonly [status: string]: StatusMeaning } = {
  // By RFC 3463 only useful for permanent failures; servers that are set up anew say it.
  "4.1.1": likelySoft,
  "5.1.0": likelyHard,
  "5.1.1": likelyHard,
  "5.1.2": likelyHard,
  "5.1.3": likelyHard,
  "5.1.6": hard,
  "5.1.7": soft,
  "5.1.8": soft,
  "5.1.10": hard,
  "5.1.351": hard,
  "5.2.2": soft,
  "5.2.3": soft,
  "5.3.4": soft,
  "5.4.4": likelyHard,
  "5.4.310": hard,
};

// Security and policy: whatever a server says there, it does so of the mail or its sender.
const policy = /^5\.7\./;

/** The meaning of an enhanced status; undefined where it says nothing of the address. */
export const bounceByStatus = (status: string): StatusMeaning | undefined =>
  table[status] ?? (policy.test(status) ? soft : undefined);

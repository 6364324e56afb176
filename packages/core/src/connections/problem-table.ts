/** The faults of a connection that have a code of their own, inside `connection.invalid_config`. Codes are added, never renamed. */
export const connectionProblemTable = {
  "connection.on_unknown_required": {
    message: "Whether a call succeeded cannot be found out when its answer is lost, and nothing says what then.",
    fix: "Choose hold (list it for a person), resend (risk sending twice) or drop (risk not sending).",
  },
} as const;

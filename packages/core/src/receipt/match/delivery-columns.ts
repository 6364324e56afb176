/** The columns of `deliveries` that make a `DeliveryRef`. */
export const deliveryColumns = `id, run_id, seq, journey_id, node_id, profile_id, connection_id, action, channel, purpose,
  topic, address, coalesce(sandbox_attempt = attempt, false) as sandboxed`;

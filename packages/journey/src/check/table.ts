interface ProblemEntry {
  readonly message: string;
  /** How to fix it, for whoever wrote the definition. */
  readonly fix: string;
}

const entry = (message: string, fix: string): ProblemEntry => ({ message, fix });

/** Every fault a definition can have, by its stable code. Codes are API: they are added, never renamed. */
export const problemTable = {
  "journey.missing_field": entry("A required field is missing.", "Add the field."),
  "journey.invalid_field": entry("A field has the wrong type or value.", "Correct the value."),
  "journey.unknown_field": entry("There is no such field.", "Remove it, or correct its name."),
  "journey.forbidden_key": entry("A key named __proto__, constructor or prototype is refused.", "Choose another name."),
  "journey.bad_text": entry("Text holds NUL or a lone surrogate, which no store can keep.", "Remove the character."),
  "journey.too_deep": entry("The definition is nested too deeply.", "Nest less: see the limits."),
  "journey.too_large": entry("The definition holds too much.", "Split it into several journeys: see the limits."),
  "journey.limit_exceeded": entry("There are more, or longer, than a definition may hold.", "Stay within the limit."),
  "journey.no_trigger": entry("Nothing lets a customer enter.", "Add at least one trigger."),
  "journey.missing_time_zone": entry("No time zone is given.", "Set `timeZone`: calendar durations need a fallback."),
  "journey.unknown_time_zone": entry("The time zone is unknown.", "Use an IANA name such as Europe/Berlin or UTC."),
  "journey.bad_duration": entry(
    "The duration cannot be used.",
    "Write ISO 8601: PT24H for hours, P2D for calendar days.",
  ),
  "journey.unknown_node_type": entry("There is no node of this type.", "Use one of the node types of the reference."),
  "journey.unknown_op": entry("There is no predicate of this name.", "Use one of the predicates of the reference."),
  "journey.bad_operand": entry(
    "This is neither a literal nor a way to read a value.",
    "Write a scalar, a list, { ref }, { count }, { sum } or { literal }.",
  ),
  "journey.dangling_edge": entry("An edge leads to a node that does not exist.", "Name an existing node, or add it."),
  "journey.unreachable_node": entry("No way leads to this node.", "Lead an edge to it, or remove it."),
  "journey.loop_without_delay": entry(
    "These nodes form a loop in which nothing waits.",
    "Put a delay or a waitForEvent into the loop.",
  ),
  "journey.wait_without_timeout": entry("A wait has no timeout.", "Add `timeout: { after, next }`."),
  "journey.split_without_else": entry("A split has no else.", "Add `else`: the node for all others."),
  "journey.send_without_outcome": entry(
    "Nothing says what happens when the delivery fails or is suppressed.",
    "Add `outcome`: continue, exit or branch.",
  ),
  "journey.send_without_address": entry(
    "The action needs an address of a kind that profiles do not carry.",
    "Use an action for email or phone.",
  ),
  "journey.unknown_connection": entry("There is no such connection.", "Create the connection, or correct its key."),
  "journey.unknown_action": entry("The connection's plugin has no such action.", "Use one of its actions."),
  "route.action_missing": entry(
    "A member of the route cannot make this action as its first member does.",
    "Use an action that all its members have with the same input, or take the member out of the route.",
  ),
  "journey.invalid_input": entry("The input does not fit the action.", "Correct the field: see the action's input."),
  "journey.duplicate_label": entry("Two branches of this node have the same label.", "Give each branch its own label."),
  "journey.duplicate_exit": entry("Two exits have the same name.", "Give each exit its own name."),
  "journey.zero_weights": entry("All weights are zero, so no branch can be drawn.", "Give a branch a weight above 0."),
  "journey.empty_exit": entry("Nothing says when this applies.", "Add `event`, `when`, or both."),
  "journey.where_without_event": entry(
    "`where` is tested on an event, and none is named.",
    "Add `event`, or use `when`.",
  ),
  "journey.empty_update": entry("The node changes nothing.", "Add `set`, `unset`, `increment` or `append`."),
  "journey.bad_ref": entry(
    "The reference cannot be read.",
    "Write a path such as profile.plan, event.properties.total or vars.order.id.",
  ),
  "journey.unknown_ref_root": entry(
    "The reference starts with an unknown word.",
    "Start it with profile, event, vars, signal or item.",
  ),
  "journey.ref_unavailable": entry(
    "This is not known where it is read.",
    "Read vars and the arriving signal only where there are any; item only inside the `where` of a history.",
  ),
  "journey.unknown_var": entry(
    "Nothing is kept under this name.",
    "Add `as` to a branch of a waitForEvent, to a send or to a webhook.",
  ),
  "journey.unknown_output_field": entry("The action returns no such field.", "Read a field of the action's output."),
  "journey.output_not_awaited": entry(
    "`as` keeps what the action returned, and the node does not wait for it.",
    "Use the outcome policy exit or branch, or leave `as` out.",
  ),
  "journey.output_not_kept": entry(
    "The action keeps nothing of what it returns.",
    "Leave `as` out, or use an action whose output is kept.",
  ),
  "journey.nested_history": entry(
    "A history is read inside the `where` of another one.",
    "Combine two histories with all, any and not instead.",
  ),
  "journey.predicate_too_deep": entry("The predicate is nested too deeply.", "Nest less: see the limits."),
  "journey.bad_entry_key": entry(
    "The entry key must be read from the event or the profile.",
    "Write a reference such as { ref: 'event.properties.orderId' }.",
  ),
} as const satisfies Record<string, ProblemEntry>;

/** The closed set of codes. */
export type ProblemCode = keyof typeof problemTable;

/** The faults of a route that have a code of their own, inside `route.invalid`. Codes are added, never renamed. */
export const routeProblemTable = {
  "route.unknown_member": {
    message: "There is no such connection.",
    fix: "Name connections by their id or key; a route cannot be a member of another.",
  },
  "route.duplicate_member": {
    message: "The connection is a member already.",
    fix: "Name each connection once; in a split, give it more weight instead.",
  },
  "route.channel_differs": {
    message: "The connection's channel is another than the first member's.",
    fix: "Choose connections of one channel.",
  },
  "route.address_differs": {
    message: "The connection's actions need another kind of address than the first member's.",
    fix: "Choose connections that reach customers at the same address.",
  },
  "route.nothing_shared": {
    message: "No action of the first member can be made by all others.",
    fix: "Choose connections whose plugins have an action of the same name that takes the same input.",
  },
  "route.zero_weights": {
    message: "All weights are zero, so that nothing could be sent.",
    fix: "Give a member a weight above 0.",
  },
  "route.action_missing": {
    message: "A member of the route cannot make this action as its first member does.",
    fix: "Use an action that all members have with the same input, or take the member out of the route.",
  },
} as const;

export type RouteProblemCode = keyof typeof routeProblemTable;

// Sends a few customers through the journeys. Run it again and nothing happens twice: each event has an id of its own.
import { runCommand } from "./run-command.ts";

const names = { ada: "Ada", ben: "Ben", cleo: "Cleo" };
const order = { orderId: "O-1", cartId: "C-1" };
const events = [
  { userId: "ada", event: "Signed Up" },
  { userId: "ada", event: "Profile Completed" },
  { userId: "ada", event: "Cart Filled", properties: { cartId: "C-1", total: 80 } },
  { userId: "ben", event: "Cart Filled", properties: { cartId: "C-2", total: 45 } },
  { userId: "ada", event: "Order Completed", properties: order },
  { userId: "cleo", event: "Order Delivered", properties: { orderId: "O-7" } },
  { userId: "cleo", event: "Order Delivered", properties: { orderId: "O-8" } },
];

await runCommand(async (wend) => {
  for (const [userId, name] of Object.entries(names)) {
    await wend.identify({ userId, traits: { name }, messageId: `shop-${userId}-identified` });
  }
  for (const [index, event] of events.entries()) await wend.track({ ...event, messageId: `shop-${index}` });
  console.log(`${events.length} events of ${Object.keys(names).length} customers are stored`);
});

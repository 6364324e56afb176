import { createClient, WendClientError } from "@wend/client";

const wend = createClient({ url: "http://127.0.0.1:4400", key: "srv_…" });

await wend.identify({ userId: "ada", traits: { email: "ada@example.com", plan: "pro" } });
await wend.track({ userId: "ada", event: "Signed Up" });

try {
  const { items } = await wend.api.profiles.timeline.query({ userId: "ada" });
  for (const { at, says } of items) console.log(at, says);
} catch (error) {
  if (error instanceof WendClientError && error.code === "profile.not_found") console.log("nobody of that name");
  else throw error;
}

import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { ProviderMode, ProviderStandIn } from "@wend/plugin/testing";

/** A post as the chat keeps it. */
export interface Post {
  readonly channel: string;
  readonly text: string;
  readonly ts: string;
}

export interface ChatServer extends ProviderStandIn {
  /** What stands in the chat, oldest first. */
  readonly posts: readonly Post[];
  /** Answers every later call by this body instead. */
  answer(body: string): void;
}

const token = "xoxb-5f1c9d";
const channels = new Set(["C024BE91L", "U024BE7LH"]);

/** A team chat with two channels: it keeps what is posted, and says no in the provider's own words. */
export async function startChat(): Promise<ChatServer> {
  const posts: Post[] = [];
  const keys: string[] = [];
  let mode: ProviderMode = "accept";
  let scripted: string | undefined;

  const post = ({ channel, text, metadata }: PostBody): object => {
    keys.push(metadata.event_payload.key);
    if (mode === "reject" || !channels.has(channel)) return { ok: false, error: "channel_not_found" };
    const ts = `1790000000.${String(posts.length).padStart(6, "0")}`;
    posts.push({ channel, text, ts });
    return { ok: true, channel, ts, message: { text } };
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const body = (await json(request)) as PostBody;
    const isPost = request.url === "/api/chat.postMessage";
    if (mode === "unavailable") {
      if (isPost) keys.push(body.metadata.event_payload.key);
      return response.writeHead(503).end();
    }
    const isKnown = request.headers.authorization === `Bearer ${token}`;
    const answer = isKnown ? (isPost ? post(body) : { ok: true }) : { ok: false, error: "invalid_auth" };
    if (mode === "drop") return response.destroy();
    return mode !== "hang" && response.writeHead(200).end(scripted ?? JSON.stringify(answer));
  };
  const server = createServer((request, response) => void handle(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    config: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, token },
    posts,
    keys: () => keys,
    behave: (next) => {
      mode = next;
    },
    answer: (body) => {
      scripted = body;
    },
    stop: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface PostBody {
  readonly channel: string;
  readonly text: string;
  readonly metadata: { readonly event_payload: { readonly key: string } };
}

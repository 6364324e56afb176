import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { FakeMessage } from "./fake/answers.ts";
import { accountJson, answer, listJson, messageJson, refuse } from "./fake/answers.ts";
import { findFault } from "./fake/find-fault.ts";
import { signForm } from "./fake/sign-form.ts";

/** What was posted, whatever became of it. */
export interface FakePost {
  readonly authorization: string;
  readonly form: URLSearchParams;
}

/** How the next posts are answered: taken, refused with a code, not answered at all, or as told. */
export type FakeMode =
  | "accept"
  | "hang"
  | "drop"
  | {
      readonly status: number;
      readonly code?: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    };

export interface FakeTwilioOptions {
  readonly accountSid?: string;
  readonly authToken?: string;
  /** API keys by their SID. */
  readonly apiKeys?: { readonly [sid: string]: string };
  /** Numbers of the account; any, unless stated. */
  readonly numbers?: readonly string[];
  readonly accountStatus?: "active" | "suspended" | "closed";
  /** Whether each message is reported to its StatusCallback at once: sent, then delivered. */
  readonly reports?: boolean;
}

export interface FakeTwilio extends AsyncDisposable {
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly messages: ReadonlyMap<string, FakeMessage>;
  readonly posts: readonly FakePost[];
  behave(mode: FakeMode): void;
  /** A customer's word to Twilio itself: the next send to the number is refused with 21610. */
  optOut(number: string): void;
  /** Reports a state of a message to its StatusCallback, signed; gives back what was answered. */
  report(sid: string, status: string, errorCode?: number): Promise<Response>;
  /** A customer writes: told to `webhookUrl`, signed. */
  write(
    webhookUrl: string,
    inbound: { from: string; to: string; body: string; optOutType?: string },
  ): Promise<Response>;
  stop(): Promise<void>;
}

const hex = (bytes = 16) => randomBytes(bytes).toString("hex");

/** Twilio's Messages API as far as an SMS needs it: a real server that keeps what it took and signs what it reports. */
export async function startFakeTwilio(options: FakeTwilioOptions = {}): Promise<FakeTwilio> {
  const { accountSid = `AC${hex()}`, authToken = hex(), apiKeys = {}, accountStatus = "active" } = options;
  const messages = new Map<string, FakeMessage>();
  const posts: FakePost[] = [];
  const optedOut = new Set<string>();
  const reporting = new Set<Promise<unknown>>();
  let mode: FakeMode = "accept";

  const account = `/2010-04-01/Accounts/${accountSid}`;

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://fake");
    const authorization = request.headers.authorization ?? "";
    const form = new URLSearchParams(await text(request));
    const posting = request.method === "POST" && url.pathname === `${account}/Messages.json`;
    if (posting) posts.push({ authorization, form });
    if (posting && mode !== "accept") return misbehave(mode, request, response);
    const user = whoIs(authorization);
    if (user === undefined) return refuse(response, { status: 401, code: 20003 });
    return posting ? create(form, response) : read(url, user, response);
  });

  function read(url: URL, user: string, response: ServerResponse): void {
    const sid = /\/Messages\/((?:SM|MM)[0-9a-f]{32})\.json$/.exec(url.pathname)?.[1] ?? "";
    const message = messages.get(sid);
    if (url.pathname === `${account}/Messages.json`) answer(response, 200, listJson(url, [...messages.values()]));
    else if (message !== undefined) answer(response, 200, messageJson(message));
    else if (url.pathname !== `${account}.json`) refuse(response, { status: 404, code: 20404 });
    // A standard API key may not read the account itself.
    else if (user !== accountSid) refuse(response, { status: 401, code: 20003 });
    else answer(response, 200, accountJson(accountSid, accountStatus));
  }

  function whoIs(authorization: string): string | undefined {
    const [user = "", password = ""] = Buffer.from(authorization.replace(/^Basic /, ""), "base64")
      .toString()
      .split(":");
    if (user === accountSid) return password === authToken ? user : undefined;
    return Object.hasOwn(apiKeys, user) && apiKeys[user] === password ? user : undefined;
  }

  function create(form: URLSearchParams, response: ServerResponse): void {
    const fault = findFault(form, { optedOut, numbers: options.numbers });
    if (fault !== undefined) {
      refuse(response, { status: 400, code: fault });
      return;
    }
    const message: FakeMessage = {
      sid: `SM${hex()}`,
      account_sid: accountSid,
      to: form.get("To")!,
      from: form.get("From"),
      messaging_service_sid: form.get("MessagingServiceSid"),
      body: form.get("Body")!,
      status: form.has("MessagingServiceSid") ? "accepted" : "queued",
      error_code: null,
      statusCallback: form.get("StatusCallback"),
    };
    messages.set(message.sid, message);
    answer(response, 201, messageJson(message));
    if (options.reports !== true) return;
    const reported = report(message.sid, "sent")
      .then(() => report(message.sid, "delivered"))
      .catch(() => undefined)
      .finally(() => reporting.delete(reported));
    reporting.add(reported);
  }

  function misbehave(how: Exclude<FakeMode, "accept">, request: IncomingMessage, response: ServerResponse): void {
    if (how === "hang") return;
    if (how === "drop") return void request.socket.destroy();
    if (how.body !== undefined) return void response.writeHead(how.status, how.headers).end(how.body);
    refuse(response, { code: 20500, ...how });
  }

  async function report(sid: string, status: string, errorCode?: number): Promise<Response> {
    const message = messages.get(sid);
    if (message?.statusCallback == null) throw new Error(`${sid} has no StatusCallback`);
    messages.set(sid, { ...message, status, error_code: errorCode ?? null });
    return post(message.statusCallback, {
      ...(errorCode !== undefined && { ErrorCode: String(errorCode) }),
      SmsSid: sid,
      SmsStatus: status,
      MessageStatus: status,
      To: message.to,
      MessageSid: sid,
      AccountSid: accountSid,
      ...(message.from !== null && { From: message.from }),
      ApiVersion: "2010-04-01",
    });
  }

  const post = (url: string, fields: Readonly<Record<string, string>>) =>
    fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
        "x-twilio-signature": signForm(authToken, url, fields),
      },
      body: new URLSearchParams(fields).toString(),
    });

  const stop = async () => {
    await Promise.allSettled(reporting);
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };

  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accountSid,
    authToken,
    messages,
    posts,
    behave: (next) => {
      mode = next;
    },
    optOut: (number) => void optedOut.add(number),
    report,
    write: (webhookUrl, { from, to, body, optOutType }) => {
      const sid = `SM${hex()}`;
      const fields = {
        MessageSid: sid,
        SmsMessageSid: sid,
        AccountSid: accountSid,
        SmsStatus: "received",
        NumMedia: "0",
      };
      const said = { From: from, To: to, Body: body, ...(optOutType !== undefined && { OptOutType: optOutType }) };
      return post(webhookUrl, { ...fields, ...said, NumSegments: "1", ApiVersion: "2010-04-01" });
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

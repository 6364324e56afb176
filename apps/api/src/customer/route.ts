import type { ConnectionRoute, ServeRuntime } from "@wend/core";
import { findRoute, serveCustomer, stackFrames } from "@wend/core";
import { WendError } from "@wend/plugin";
import { announcedBytes } from "../http/announced-bytes.ts";
import type { HostContext } from "../http/host.ts";
import { headerOf, incomingOf } from "../http/host.ts";
import { plainHeaders } from "../http/plain-headers.ts";
import { readBody } from "../http/read-body.ts";
import type { Room } from "../http/room.ts";
import { answerHeaders } from "./answer-headers.ts";
import { findCustomer } from "./find-customer.ts";
import type { Life } from "./life.ts";
import { endWith, startLife } from "./life.ts";
import { livingBody } from "./living-body.ts";
import type { Place } from "./place.ts";
import { placeOf } from "./place.ts";
import type { StreamRoom } from "./stream-room.ts";

export interface CustomerHost {
  readonly room: Room;
  readonly streams: StreamRoom;
  /** Aborts when the server is to stop: streams would hold it up. */
  readonly stopping: AbortSignal | undefined;
}

/** What a connection is asked, beside the request itself. */
interface Asked extends Place {
  readonly route: ConnectionRoute;
  readonly url: URL;
}

// A cookie of this host is every connection's.
const secretHeaders = ["authorization", "cookie"];
const bodiless = new Set(["GET", "HEAD"]);

/** Lets a connection answer a customer's browser. One that serves nothing answers like one that does not exist. */
export function customerRoute(runtime: ServeRuntime, { room, streams, stopping }: CustomerHost) {
  return async (c: HostContext, requestId: string): Promise<Response> => {
    const { raw } = c.req;
    // No Request can be made of it, for good reasons.
    if (raw.method === "TRACE") throw new WendError("request.method_not_allowed");
    const leave = room.enter(bodiless.has(raw.method) ? 0 : announcedBytes(c));
    const life = startLife(stopping ? [raw.signal, stopping] : [raw.signal]);
    try {
      const asked = await find(new URL(raw.url));
      // Before the plugin is asked: what it tells would be stored, and its answer thrown away.
      endWith(life, streams.enter(asked.route.connectionId));
      return answer(c, await ask(c, asked, life.signal), { life, requestId, route: asked.route });
    } catch (error) {
      life.end();
      throw error;
    } finally {
      leave();
    }
  };

  async function find(url: URL): Promise<Asked> {
    const place = placeOf(url);
    const route = place && (await findRoute(runtime.store, place.id));
    if (!route) throw new WendError("request.not_found");
    return { ...place, url, route };
  }

  async function ask(c: HostContext, { route, url, path }: Asked, signal: AbortSignal): Promise<Response> {
    const customer = await findCustomer(runtime.customerTokens, route, {
      authorization: headerOf(c, "authorization"),
      url,
    });
    const { method } = c.req.raw;
    const headers = plainHeaders(c.req.raw.headers);
    for (const name of secretHeaders) headers.delete(name);
    const body = bodiless.has(method) ? null : ((await readBody(c)) as Uint8Array<ArrayBuffer>);
    // As the world calls it, whatever stands in front of this host.
    const address = `${runtime.publicUrl()}/c/${route.connectionId}${path}${url.search}`;
    const request = new Request(address, { method, headers, body, signal });
    return serveCustomer(runtime, route, { request, path, customer, signal });
  }

  function answer(c: HostContext, response: Response, on: Answering): Response {
    const { status, body } = response;
    const headers = answerHeaders(response.headers, on.requestId);
    if (body === null || c.req.raw.method === "HEAD") {
      on.life.end();
      void body?.cancel().catch(() => {});
      return new Response(null, { status, headers });
    }
    const broken = (error: unknown) => {
      runtime.log.warn({ connectionId: on.route.connectionId, frames: stackFrames(error) }, "a plugin crashed");
      incomingOf(c)?.socket.destroy();
    };
    return new Response(livingBody(body, on.life, broken), { status, headers });
  }
}

interface Answering {
  readonly life: Life;
  readonly requestId: string;
  readonly route: ConnectionRoute;
}

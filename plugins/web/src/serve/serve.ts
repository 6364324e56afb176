import type { ServeRequest } from "@wend/plugin";
import type { Answer } from "./answer.ts";
import { createCors, preflightHeaders } from "./cors.ts";
import { notFound, problem } from "./problem.ts";
import type { Route } from "./route-table.ts";

/** Finds the route of a request and answers by it; pages of other origins can read the answer. */
export function createServe(routes: readonly Route[], origins: readonly string[] | undefined) {
  const cors = createCors(origins);
  return async (asked: ServeRequest): Promise<Answer> => {
    const { response, ...told } = await answer(routes, asked);
    const headers = new Headers(response.headers);
    for (const [name, value] of Object.entries(cors(asked.request))) headers.set(name, value);
    return { ...told, response: new Response(response.body, { status: response.status, headers }) };
  };
}

async function answer(routes: readonly Route[], asked: ServeRequest): Promise<Answer> {
  const { request, path, customer, signal } = asked;
  const fitting = routes.filter((route) => route.path.test(path));
  if (fitting.length === 0) return { response: notFound() };
  if (request.method === "OPTIONS") return { response: new Response(null, { status: 204, headers: preflightHeaders }) };
  const route = fitting.find(({ method }) => method === (request.method === "HEAD" ? "GET" : request.method));
  if (!route) return { response: problem("request.method_not_allowed") };
  if (!(customer || route.open)) return { response: problem("auth.invalid_customer_token") };
  const [, ...parts] = route.path.exec(path) ?? [];
  const { profileId = "" } = customer ?? {};
  return route.answer({ request, url: new URL(request.url), profileId, parts, signal });
}

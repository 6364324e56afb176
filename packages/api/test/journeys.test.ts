import { inWorkspace } from "@wend/core";
import type { Problem } from "@wend/plugin";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestApi } from "./harness.ts";
import { startTestApi } from "./harness.ts";
import { welcomeJourney } from "./welcome-journey.ts";

interface Listed {
  readonly id: string;
  readonly key: string;
}

describe("journeys", () => {
  let api: TestApi;
  const create = (key: string, definition: object = welcomeJourney) =>
    api.mutate<Listed>("journeys.create", { key, definition });

  beforeAll(async () => {
    api = await startTestApi();
    await api.mutate("connections.create", { key: "mail", plugin: "mail", config: { host: "mail.example.com" } });
  });
  afterAll(() => api.close());

  it("go from draft to live, to paused, and back, as their log tells", async () => {
    const { data: made } = await create("life");
    expect(made).toMatchObject({ key: "life", name: "Welcome", status: "draft", liveVersion: null });
    expect(made).toHaveProperty("createdAt", "2026-01-01T12:00:00.000Z");
    const published = await api.mutate("journeys.publish", { journey: "life" });
    expect(published.data).toEqual({ id: made.id, version: 1 });
    expect((await api.mutate("journeys.pause", { journey: made.id })).data).toMatchObject({
      status: "paused",
      pausedEntries: "buffer",
    });
    api.woken.length = 0;
    expect((await api.mutate("journeys.resume", { journey: "life" })).data).toMatchObject({
      status: "live",
      pausedEntries: null,
    });
    // Nobody waits for the clock to find what the pause has kept.
    expect(api.woken).toEqual([[0]]);
    const changes = await inWorkspace(api.test.store, api.test.workspace.id, (tx) =>
      tx.rows(
        "select change, version, actor from journey_changes where workspace_id = $1 and journey_id = $2 order by id",
        [tx.workspaceId, made.id],
      ),
    );
    const actor = api.key.split("_")[1];
    expect(changes).toEqual([
      { change: "created", version: null, actor },
      { change: "published", version: 1, actor },
      { change: "paused", version: null, actor },
      { change: "resumed", version: null, actor },
    ]);
  });

  it("are paused with a choice of what becomes of entries", async () => {
    await create("choice");
    await api.mutate("journeys.publish", { journey: "choice" });
    const wrong = await api.mutate("journeys.pause", { journey: "choice", entries: "keep" });
    expect([wrong.status, wrong.error.data.wend.code]).toEqual([400, "request.invalid_field"]);
    const paused = await api.mutate("journeys.pause", { journey: "choice", entries: "drop" });
    expect(paused.data).toMatchObject({ status: "paused", pausedEntries: "drop" });
  });

  it("are updated as a draft and published as the next version", async () => {
    await create("twice");
    await api.mutate("journeys.publish", { journey: "twice" });
    const renamed = { ...welcomeJourney, name: "Second" };
    const updated = await api.mutate("journeys.update", { journey: "twice", definition: renamed });
    expect(updated.data).toMatchObject({ name: "Second", status: "live", liveVersion: 1 });
    expect((await api.mutate("journeys.publish", { journey: "twice" })).data).toMatchObject({ version: 2 });
    expect((await api.query("journeys.get", { journey: "twice" })).data).toMatchObject({
      liveVersion: 2,
      draft: { name: "Second" },
      counts: { entered: 0, active: 0, failed: 0, ended: 0, endedBy: {} },
    });
  });

  it("are refused with every problem at once, and nothing is stored", async () => {
    const { plan, ...rest } = welcomeJourney.nodes;
    const broken = {
      ...welcomeJourney,
      nodes: { ...rest, plan: { ...plan, else: "nowhere" }, mail: { ...rest.mail, connection: "fax" } },
    };
    const { status, error } = await create("broken", broken);
    expect([status, error.data.wend.code]).toEqual([400, "journey.invalid"]);
    const problems = error.data.wend.problems!;
    expect(error.data.wend.pointer).toBe(problems[0]!.pointer);
    expect(problems.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(["/nodes/plan/else", "/nodes/mail/connection"]),
    );
    for (const problem of problems) expect(problem.fix).toBeTruthy();
    expect((await api.query("journeys.get", { journey: "broken" })).error.data.wend).toMatchObject({
      code: "journey.not_found",
      pointer: "/journey",
    });
    expect((await api.mutate("journeys.resume", { journey: "broken" })).error.data.wend.pointer).toBe("/journey");
    const nobodys = "00000000-0000-7000-8000-000000000000";
    expect((await api.query("runs.get", { id: nobodys })).error.data.wend).toMatchObject({
      code: "run.not_found",
      pointer: "/id",
    });
    const validated = await api.mutate<{ problems: object[] }>("journeys.validate", { definition: broken });
    expect(validated.data.problems).toEqual(problems);
    expect((await api.mutate("journeys.validate", { definition: welcomeJourney })).data).toEqual({ problems: [] });
  });

  it("are refused for the templates of any node, with everything else, by each procedure that takes them", async () => {
    const { mail, plan, ...rest } = welcomeJourney.nodes;
    const broken = {
      ...welcomeJourney,
      nodes: {
        ...rest,
        plan: { ...plan, else: "nowhere" },
        mail: { ...mail, input: { subject: "Hello {{ profile.name | shout }}" } },
        more: { ...mail, input: { subject: "{% if profile.plan %}Hello" }, next: "done" },
      },
    };
    const { data } = await api.mutate<{ problems: Problem[] }>("journeys.validate", { definition: broken });
    expect(data.problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ pointer: "/nodes/plan/else" }),
        expect.objectContaining({ pointer: "/nodes/mail/input/subject", code: "content.invalid_template" }),
        expect.objectContaining({ pointer: "/nodes/more/input/subject", code: "content.invalid_template" }),
      ]),
    );
    expect((await create("shouting", broken)).error.data.wend.problems).toEqual(data.problems);
    await create("calm");
    const updated = await api.mutate("journeys.update", { journey: "calm", definition: broken });
    expect(updated.error.data.wend).toMatchObject({ code: "journey.invalid", problems: data.problems });
    // As a draft that was stored before its plugin declared the field a template.
    await inWorkspace(api.test.store, api.test.workspace.id, (tx) =>
      tx.run("update journeys set draft = $2 where workspace_id = $1 and key = 'calm'", [
        tx.workspaceId,
        JSON.stringify(broken),
      ]),
    );
    const published = await api.mutate("journeys.publish", { journey: "calm" });
    expect(published.error.data.wend).toMatchObject({ code: "journey.invalid", problems: data.problems });
  });

  it.each([7, null, "text", [], {}])("are refused when the definition is %j", async (definition) => {
    const { status, error } = await api.mutate("journeys.create", { key: "odd", definition });
    expect([status, error.data.wend.code]).toEqual([400, "journey.invalid"]);
  });

  it("need a definition and a decent key", async () => {
    const { error } = await api.mutate("journeys.create", { key: "No Spaces" });
    expect(error.data.wend.problems?.map(({ pointer }) => pointer)).toEqual(["/key", "/definition"]);
  });

  it("have a key of their own", async () => {
    await create("own");
    const { status, error } = await create("own");
    expect([status, error.data.wend.code, error.data.wend.pointer]).toEqual([409, "journey.key_taken", "/key"]);
  });

  it("are not paused as a draft, nor resumed while live", async () => {
    await create("state");
    const paused = await api.mutate("journeys.pause", { journey: "state" });
    expect([paused.status, paused.error.data.wend.code]).toEqual([409, "journey.wrong_state"]);
    expect(paused.error.data.wend.pointer).toBe("/journey");
    await api.mutate("journeys.publish", { journey: "state" });
    const resumed = await api.mutate("journeys.resume", { journey: "state" });
    expect([resumed.status, resumed.error.data.wend.code]).toEqual([409, "journey.wrong_state"]);
    expect(resumed.error.data.wend.pointer).toBe("/journey");
  });

  it("are listed page by page, the youngest first", async () => {
    const keys: string[] = [];
    let before: string | undefined;
    do {
      const { data } = await api.query<{ items: Listed[]; next: string | null }>("journeys.list", { limit: 2, before });
      keys.push(...data.items.map(({ key }) => key));
      before = data.next ?? undefined;
    } while (before !== undefined);
    expect(keys).toEqual(["state", "own", "calm", "twice", "choice", "life"]);
  });
});

import type { Plugin } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import { createPluginRegistry } from "../../src/connections/plugin-registry.ts";
import { createProbePlugin } from "./plugins.ts";

describe("the plugin registry", () => {
  it("finds plugins by id", () => {
    const { plugin } = createProbePlugin();
    const registry = createPluginRegistry([plugin as unknown as Plugin]);
    expect(registry.load("probe")).toBe(plugin);
    expect(registry.find("other")).toBeUndefined();
    expect(() => registry.load("other")).toThrow(expect.objectContaining({ code: "plugin.unknown" }));
  });

  it("names the faults of all plugins at once", () => {
    const { plugin } = createProbePlugin();
    const faulty = { manifest: { ...plugin.manifest, version: "one", contract: 9 }, connect: plugin.connect };
    const noCode = { manifest: { ...plugin.manifest, id: "no-code" } };
    const thrown = catchError(() => createPluginRegistry([plugin, faulty, noCode] as unknown as Plugin[]));
    expect(thrown.code).toBe("plugin.invalid");
    expect(thrown.problems?.map((problem) => problem.pointer)).toEqual([
      "/1/manifest/version",
      "/1/manifest/contract",
      "/1/manifest/id",
      "/2/connect",
    ]);
  });
});

function catchError(work: () => unknown): WendError {
  try {
    work();
  } catch (error) {
    if (error instanceof WendError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

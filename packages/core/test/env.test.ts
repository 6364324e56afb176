import { WendError } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import { loadEnv } from "../src/env.ts";

describe("the environment", () => {
  it("needs nothing: then the database is embedded and the queues live in it", () => {
    expect(loadEnv({})).toMatchObject({ databaseUrl: undefined, redisUrl: undefined, logLevel: "info" });
    expect(loadEnv({}).dataDir).toMatch(/\/\.wend$/);
  });

  it("takes an empty variable for an absent one", () => {
    expect(loadEnv({ DATABASE_URL: "", WEND_PORT: "" })).toEqual(loadEnv({}));
  });

  it("is read into typed values", () => {
    const key = Buffer.alloc(32, 7);
    const older = Buffer.alloc(32, 6);
    expect(
      loadEnv({
        DATABASE_URL: "postgres://wend@db.internal/wend",
        REDIS_URL: "redis://cache.internal:6379",
        WEND_DATA: "/srv/wend",
        WEND_HOST: "::1",
        WEND_PORT: "8080",
        WEND_PUBLIC_URL: "https://wend.example/base/",
        WEND_SECRET_KEY: key.toString("base64"),
        WEND_SECRET_KEY_PREVIOUS: `${key.toString("base64")}, ${older.toString("base64")}`,
        WEND_ALLOW_PRIVATE: "127.0.0.1, 10.0.0.0/8,fd00::/8",
        WEND_PLUGINS: "wend-plugin-chat, ./pager.js",
        WEND_LOG_LEVEL: "debug",
      }),
    ).toEqual({
      databaseUrl: "postgres://wend@db.internal/wend",
      databaseOwnerUrl: "postgres://wend@db.internal/wend",
      redisUrl: "redis://cache.internal:6379",
      dataDir: "/srv/wend",
      host: "::1",
      port: 8080,
      publicUrl: "https://wend.example/base",
      secretKey: new Uint8Array(key),
      previousSecretKeys: [new Uint8Array(key), new Uint8Array(older)],
      allowPrivate: ["127.0.0.1", "10.0.0.0/8", "fd00::/8"],
      plugins: ["wend-plugin-chat", "./pager.js"],
      logLevel: "debug",
    });
  });

  it("names every fault at once, by variable, without repeating a value", () => {
    const wrong = {
      DATABASE_URL: "mysql://root:hunter2@db",
      REDIS_URL: "nonsense",
      WEND_HOST: "localhost",
      WEND_PORT: "70000",
      WEND_PUBLIC_URL: "wend.example",
      WEND_SECRET_KEY: "c2hvcnQ=",
      WEND_SECRET_KEY_PREVIOUS: "c2hvcnQ=",
      WEND_ALLOW_PRIVATE: "10.0.0.0/33",
      WEND_PLUGINS: "a,,b",
      WEND_LOG_LEVEL: "loud",
    };
    const fault = thrownBy(() => loadEnv(wrong));
    expect(fault.code).toBe("env.invalid");
    expect(fault.problems?.map(({ pointer }) => pointer)).toEqual(Object.keys(wrong).map((name) => `/${name}`));
    expect(JSON.stringify(fault.problems)).not.toContain("hunter2");
  });
});

function thrownBy(call: () => unknown): WendError {
  try {
    call();
  } catch (error) {
    if (error instanceof WendError) return error;
    throw error;
  }
  throw new Error("it did not throw");
}

import { BlockList, isIP } from "node:net";
import { resolve } from "node:path";
import { jsonPointer, WendError } from "@wend/plugin";
import { z } from "zod";
import { parseInput } from "./workspaces/parse-input.ts";

/** What the operator decides. This file is the only reader of the process's environment. */
export interface Env {
  /** Undefined: the embedded database. */
  readonly databaseUrl: string | undefined;
  /** The login that migrates, when the processes themselves run with lesser rights. */
  readonly databaseOwnerUrl: string | undefined;
  /** Undefined: the queues live in the database too. */
  readonly redisUrl: string | undefined;
  /** Where the embedded database keeps its data. */
  readonly dataDir: string;
  /** Undefined: a server on its own listens everywhere, a person's own command on loopback. */
  readonly host: string | undefined;
  readonly port: number;
  /** Where the world reaches the API: what links and webhook URLs begin with. Undefined: loopback and the port. */
  readonly publicUrl: string | undefined;
  /** 32 bytes that encrypt the secrets of connections. */
  readonly secretKey: Uint8Array | undefined;
  /** Keys that opened them before, and still do until everything is sealed anew. */
  readonly previousSecretKeys: readonly Uint8Array[];
  /** Private addresses (CIDR) that connections may reach nevertheless. */
  readonly allowPrivate: readonly string[];
  /** Packages or files of plugins beside those that come with Wend. */
  readonly plugins: readonly string[];
  readonly logLevel: LogLevel;
}

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

const url = (...protocols: string[]) =>
  z
    .string()
    .refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ""), `must be a ${protocols[0]}// address`);

const host = z
  .string()
  .refine((text) => isIP(text) !== 0, "must be an IP address: 127.0.0.1 for this machine alone, 0.0.0.0 for everybody");
const port = z.coerce.number().int().min(0).max(65_535);
const publicUrl = url("https:", "http:")
  .refine((text) => /^[^?#]*$/.test(text), "must have no query and no fragment")
  .transform((text) => text.replace(/\/+$/, ""));
const secretKey = z
  .base64()
  .transform((text) => new Uint8Array(Buffer.from(text, "base64")))
  .refine((bytes) => bytes.length === 32, "must be 32 bytes in base64");
const secretKeys = z
  .string()
  .transform((text) => text.split(",").map((part) => part.trim()))
  .refine(
    (parts) => parts.every((part) => secretKey.safeParse(part).success),
    "must be keys of 32 bytes in base64, separated by commas",
  )
  .transform((parts) => parts.map((part) => secretKey.parse(part)));
const ranges = z
  .string()
  .transform((text) => text.split(",").map((part) => part.trim()))
  .refine((parts) => parts.every(isRange), "must be addresses or CIDR ranges, separated by commas");

const names = z
  .string()
  .transform((text) => text.split(",").map((part) => part.trim()))
  .refine((parts) => parts.every((part) => part !== ""), "must be names or paths, separated by commas");

const schema = z.object({
  DATABASE_URL: url("postgres:", "postgresql:").optional(),
  DATABASE_OWNER_URL: url("postgres:", "postgresql:").optional(),
  REDIS_URL: url("redis:", "rediss:").optional(),
  WEND_DATA: z.string().default(".wend"),
  WEND_HOST: host.optional(),
  WEND_PORT: port.default(4400),
  WEND_PUBLIC_URL: publicUrl.optional(),
  WEND_SECRET_KEY: secretKey.optional(),
  WEND_SECRET_KEY_PREVIOUS: secretKeys.default([]),
  WEND_ALLOW_PRIVATE: ranges.default([]),
  WEND_PLUGINS: names.default([]),
  WEND_LOG_LEVEL: z.enum(logLevels).default("info"),
});

/** Reads the environment; an empty variable counts as absent. Throws `env.invalid` with every fault at once. */
export function loadEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const env = parseInput(schema, given, "env.invalid");
  return {
    databaseUrl: env.DATABASE_URL,
    databaseOwnerUrl: env.DATABASE_OWNER_URL ?? env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    dataDir: resolve(env.WEND_DATA),
    host: env.WEND_HOST,
    port: env.WEND_PORT,
    publicUrl: env.WEND_PUBLIC_URL,
    secretKey: env.WEND_SECRET_KEY,
    previousSecretKeys: env.WEND_SECRET_KEY_PREVIOUS,
    allowPrivate: env.WEND_ALLOW_PRIVATE,
    plugins: env.WEND_PLUGINS,
    logLevel: env.WEND_LOG_LEVEL,
  };
}

/** A variable that this process cannot do without, though others can. */
export function missingVariable(name: string, why: string): WendError {
  const problem = { code: "env.invalid", pointer: jsonPointer([name]), message: `${name} is not set. ${why}` };
  return new WendError("env.invalid", { pointer: problem.pointer, detail: problem.message, problems: [problem] });
}

function isRange(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  if (bits === undefined) return true;
  try {
    new BlockList().addSubnet(address, /^\d{1,3}$/.test(bits) ? Number(bits) : -1, family === 4 ? "ipv4" : "ipv6");
    return true;
  } catch {
    return false;
  }
}

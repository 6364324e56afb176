import type { PluginHost } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { MailMessageData, NodemailerError, SMTPPoolOptions } from "nodemailer";
import { createTransport } from "nodemailer";
import type { Config } from "./config.ts";
import { createDkim } from "./dkim.ts";
import { openSocket } from "./open-socket.ts";
import { serverOptions } from "./server-options.ts";
import type { Progress } from "./smtp-error.ts";

const IDLE_MS = 60_000;

/** What `send` adds to the data of a mail. */
export interface Tracked {
  readonly progress: Progress;
}

/** A pool of connections to one server. */
export function createPool(config: Config, host: PluginHost) {
  const dkim = createDkim(config);
  const pool = createTransport(poolOptions(config, host), {
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  });
  // A pool without a listener would end the process; the mail concerned is refused all the same.
  pool.on("error", ({ code }: NodemailerError) => host.log.warn({ code }, "smtp pool error"));
  return pool.use("stream", ({ message, data }, done) => {
    if (message.getEnvelope().to.length !== 1) return done(new WendError("address.invalid"));
    const { progress } = data as MailMessageData & Tracked;
    // Here rather than by nodemailer itself: signing reads all of the mail before any of it is sent.
    if (dkim !== undefined) message.processFunc((input) => dkim.sign(input));
    message.processFunc((input) => {
      // Before nodemailer's own listener, which writes the final dot.
      input.once("end", () => {
        progress.handedOver = true;
      });
      return input;
    });
    done();
  });
}

function poolOptions(config: Config, host: PluginHost): SMTPPoolOptions & { pool: true } {
  const { user, pass, maxConnections } = config;
  return {
    ...serverOptions(config),
    pool: true,
    maxConnections,
    idleTimeout: IDLE_MS,
    // A mail of which nothing was sent gets one more connection, for when the server has just closed an idle one.
    maxRequeues: 1,
    ...(user === undefined || pass === undefined ? undefined : { auth: { user, pass } }),
    // Without it a server that offers no AUTH would be sent to unauthenticated.
    forceAuth: true,
    getSocket: (_options, done) => {
      openSocket(config, host).then(
        (connection) => done(null, { connection }),
        (error) => done(error, false),
      );
    },
  };
}

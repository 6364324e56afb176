declare module "hoodiecrow-imap" {
  import type { Server } from "node:net";

  /** As much of it as the tests use. */
  interface ImapServer {
    readonly server: Server;
    listen(port: number, host: string, done: () => void): void;
    appendMessage(mailbox: string, flags: string[], internaldate: undefined, raw: string): void;
  }
  function hoodiecrow(options: object): ImapServer;

  export = hoodiecrow;
}

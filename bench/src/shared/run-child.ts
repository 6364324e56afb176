import type { Answer, Question } from "./child.ts";

/** What a process of a bench does once it is up. */
export interface Role<Ready> {
  readonly ready: Ready;
  readonly answers?: Readonly<Record<string, (input: never) => unknown>>;
  stop(): Promise<void>;
}

/** The other end of `startChild`: starts, answers questions, and ends with the bench. */
export function runChild<Setup, Ready>(start: (setup: Setup) => Promise<Role<Ready>>): void {
  let role: Role<Ready> | undefined;

  const answer = async ({ question, input }: Question): Promise<unknown> => {
    if (question === "start") {
      role = await start(input as Setup);
      return role.ready;
    }
    if (question === "stop") {
      await role?.stop();
      return undefined;
    }
    const known = role?.answers?.[question];
    if (!known) throw new Error(`nothing is known of ${question}`);
    return known(input as never);
  };
  const send = (message: Answer): Promise<void> => new Promise((resolve) => process.send?.(message, () => resolve()));

  const reply = async (asked: Question): Promise<void> => {
    const { id, question } = asked;
    try {
      await send({ id, answer: await answer(asked) });
    } catch (error) {
      await send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
    if (question === "stop") process.exit(0);
  };

  process.on("message", (asked: Question) => void reply(asked));
  process.on("disconnect", () => process.exit(1));
}

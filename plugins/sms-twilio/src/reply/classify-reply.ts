import { languages } from "./languages.ts";
import { normalizeReply } from "./normalize-reply.ts";
import { isShoutedStop } from "./shouted-stop.ts";
import { stopsWithMessage } from "./stop-with-message.ts";

/** What a customer wants with a reply, as far as consent goes. */
export type ReplyMeaning = "stop" | "start" | "help" | "other";

const wordsOf = (name: "stop" | "weakStop" | "start" | "help" | "fillers"): readonly string[] =>
  languages.flatMap((language) => language[name]);
const patternsOf = (name: "stopSentences" | "notStop"): readonly RegExp[] =>
  languages.flatMap((language) => language[name]);

const fillers = phrases(wordsOf("fillers"));
const stop = new Set(wordsOf("stop"));
const weakStop = new Set([...wordsOf("stop"), ...wordsOf("weakStop")]);
const start = new Set(wordsOf("start"));
const help = new Set(wordsOf("help"));
const stopSentences = [...stopsWithMessage, ...patternsOf("stopSentences")];
const notStop = patternsOf("notStop");
/** Who asks nothing but what this is. */
const questionMarks = /^[\s?¿？]*[?？][\s?？]*$/u;

/**
 * Tells STOP, START and HELP, in the wording of a reasonable person, from everything else. Who is in doubt reads STOP:
 * a message too few can be made good, one too many cannot.
 */
export function classifyReply(text: string): ReplyMeaning {
  const sentences = normalizeReply(text);
  if (isStop(sentences) || isShoutedStop(text)) return "stop";
  if (questionMarks.test(text)) return "help";
  const all = withoutFillers(sentences.join(" "));
  if (start.has(all)) return "start";
  return help.has(all) ? "help" : "other";
}

function isStop(sentences: readonly string[]): boolean {
  if (isSaid(weakStop, sentences.join(" "))) return true;
  return sentences.some(
    (sentence) => isSaid(stop, sentence) || saysStop(sentence) || saysStop(withoutFillers(sentence)),
  );
}

function saysStop(sentence: string): boolean {
  const rest = notStop.reduce((left, pattern) => left.replace(pattern, " | "), sentence);
  return stopSentences.some((pattern) => pattern.test(rest));
}

/** Whether nothing but the words is said, once or several of them. */
function isSaid(words: ReadonlySet<string>, sentence: string): boolean {
  const left = withoutFillers(sentence);
  return words.has(sentence) || words.has(left) || (left !== "" && left.split(" ").every((word) => words.has(word)));
}

function withoutFillers(sentence: string): string {
  return sentence.replaceAll(fillers, " ").replaceAll(/ +/g, " ").trim();
}

function phrases(words: readonly string[]): RegExp {
  const longestFirst = [...new Set(words)].sort((a, b) => b.length - a.length);
  return new RegExp(`(?<![^ ])(?:${longestFirst.join("|")})(?![^ ])`, "gu");
}

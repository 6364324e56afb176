import type { Language } from "./language.ts";
import { dutch } from "./languages/dutch.ts";
import { english } from "./languages/english.ts";
import { french } from "./languages/french.ts";
import { german } from "./languages/german.ts";
import { italian } from "./languages/italian.ts";
import { polish } from "./languages/polish.ts";
import { portuguese } from "./languages/portuguese.ts";
import { spanish } from "./languages/spanish.ts";

/** All are asked at once: a number does not tell which language its owner writes. */
export const languages: readonly Language[] = [english, german, french, spanish, italian, portuguese, dutch, polish];

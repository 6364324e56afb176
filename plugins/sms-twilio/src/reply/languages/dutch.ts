import type { Language } from "../language.ts";
import { words } from "../words.ts";

const text =
  "(?:sms|smsjes|sms jes|smsen|berichten|berichtjes|bericht|reclame|spam|meldingen|appjes|aanbiedingen|nieuwsbrieven|mail)";

export const dutch: Language = {
  stop: words(`
    stoppen, stopt, afmelden, afmelding, uitschrijven, uitschrijving, schrijf me uit, schrijf mij uit, meld me
    af, meld mij af, ophouden, hou op, houd op, hou op ermee, ik wil stoppen, stop ermee, stop hiermee, stop
    maar, geen reclame
  `),
  weakStop: words("opzeggen, einde, annuleren, beeindigen, verwijderen, verwijder, opzegging"),
  start: words("aanmelden, starten, begin, inschrijven, hervatten"),
  help: words("hulp, help mij, ik heb hulp nodig"),
  fillers: words(`
    alstublieft, alsjeblieft, aub, ajb, svp, bedankt, dank je, dank u, dank je wel, dankuwel, nu, direct,
    onmiddellijk, hallo, alles, graag, meteen
  `),
  stopSentences: [
    new RegExp(`\\bgeen (?:\\w+ )?(?:${text}) meer\\b`),
    new RegExp(`\\bgeen (?:verdere|nieuwe|andere) ${text}\\b`),
    new RegExp(`\\b(?:wil|wens|hoef|willen) (?:\\w+ ){0,3}geen (?:\\w+ )?${text}\\b`),
    /\b(?:stop|hou op|houd op|ophouden|stoppen) (?:\w+ )?met (?:\w+ ){0,3}(?:sms|smsen|sturen|berichten|appen|spammen|schrijven|lastigvallen|reclame|deze|die|dit|mij|me)\w*/,
    /\b(?:stuur|zend|schrijf|app|sms|bericht|benader|contacteer)\w* (?:me|mij|ons) (?:\w+ )?(?:niet|niets|nooit|geen)\b(?: \w+){0,3} (?:meer|weer)\b/,
    /\bstuur (?:me|mij) (?:\w+ )?(?:niets|geen|niks) (?:\w+ )?(?:meer)\b/,
    /\bniet (?:meer|langer) (?:\w+ ){0,2}(?:sturen|berichten|smsen|appen|contacteren|benaderd|benaderen|ontvangen|lastigvallen|schrijven)\b/,
    /\b(?:haal|verwijder|schrap|gooi) (?:me|mij|ons|mijn (?:nummer|gegevens|telefoonnummer)|dit nummer)(?: \w+)?(?: van| uit| van de| uit de|$)/,
    new RegExp(`\\b${text} (?:aub |graag )?(?:stoppen|stopzetten|uitzetten|beeindigen|opzeggen)\\b`),
    /\bzet (?:me|mij|dit|deze) (?:\w+ ){0,3}(?:uit|stop)\b/,
    /\blaat (?:me|mij|ons) (?:\w+ )?met rust\b/,
    /\b(?:schrijf|meld) (?:me|mij|ons) (?:\w+ ){0,3}(?:uit|af)\b/,
    /\b(?:wil|graag|kan|moet)(?: \w+){0,4} (?:afmelden|uitschrijven|uitgeschreven|afgemeld)\b/,
    /\b(?:trek|intrekken)(?: \w+){0,3} toestemming\b|\btoestemming(?: \w+){0,2} (?:in|intrekken)\b/,
    /\b(?:me|mij|ons) (?:\w+ ){0,2}(?:uit te schrijven|af te melden|te verwijderen)\b/,
    /\bval (?:me|mij|ons) niet (?:meer |langer )?lastig\b/,
  ],
  notStop: [
    /\b(?:heb|hebben|krijg|kreeg|ontvang|ontving|zie|waarom) (?:\w+ ){0,3}(?:geen|niet|niets)(?: \w+)*/,
    /\b(?:niet|nooit) (?:afmelden|uitschrijven|stoppen)\b(?: \w+)*/,
    /\bkan (?:\w+ )?niet (?:meer )?(?: \w+)*/,
  ],
};

import type { Language } from "../language.ts";
import { words } from "../words.ts";

const text =
  "(?:sms|smsen|nachrichten?|werbung|texte?|mitteilungen|newsletter|werbe\\w*|spam|benachrichtigungen|angebote|infos)";
const me = "(?:mich|uns|meine (?:\\w+ )?(?:nummer|handynummer|telefonnummer|mobilnummer|daten|rufnummer))";

export const german: Language = {
  stop: words(`
    stopp, stoppen, stoppt, stoppe, stoppen sie, abmelden, abmeldung, abbestellen, abbestellung, austragen, abgemeldet,
    aufhoren, aufhoeren, hor auf, hoer auf, hort auf, hoert auf, horen sie auf, hoeren sie auf, mich abmelden,
    keine werbung, nicht mehr, lasst es, lassen sie es, lass es, unterlassen, unterlassen sie, lasst mich, sms
    abmelden, sms abbestellen, sms stoppen
  `),
  weakStop: words("ende, kundigen, kuendigen, kundigung, loschen, loeschen, schluss, beenden, abbrechen, abbruch"),
  start: words("anmelden, starten, wieder anmelden, anmeldung"),
  help: words("hilfe, ich brauche hilfe, hilf mir"),
  fillers: words(`
    bitte, danke, vielen dank, dankeschon, jetzt, sofort, endlich, damit, hallo, mal, doch, umgehend, alles, ab
    sofort, das, dies, endgultig, mit dem mist, mit dem scheiss, mfg
  `),
  stopSentences: [
    new RegExp(`\\bkeine[nr]? (?:\\w+ )?(?:weiteren? |mehr )(?:\\w+ )?${text}\\b`),
    new RegExp(`\\bkeine[nr]? (?:\\w+ )?${text}(?: \\w+){0,4} mehr\\b`),
    new RegExp(`\\bkeine weiteren ${text}\\b`),
    new RegExp(`^keine ${text}(?: per \\w+)?$`),
    /\b(?:abmelden|abmeldung|austragen) (?:vom|von|aus) (?:\w+ )?(?:newsletter|sms|verteiler|liste|werbung)\b/,
    /\b(?:raus|weg|runter) (?:aus|von) (?:dem|der|eurem|ihrem|eurer|ihrer) (?:verteiler|liste)\b/,
    new RegExp(`\\b(?:will|mochte|moechte|wunsche|wuensche|wollen|mochten)(?: \\w+){0,3} keine (?:\\w+ )?${text}\\b`),
    new RegExp(
      `\\b${text} (?:bitte |sofort |endlich )*(?:abbestellen|abmelden|stoppen|beenden|einstellen|abstellen|kundigen|deaktivieren)\\b`,
    ),
    /\b(?:will|mochte|moechte) (?:das|dies|so etwas|sowas|diese \w+)(?: alles)? (?:nicht|nie)(?: mehr| langer| erhalten| bekommen)*$/,
    /\b(?:will|mochte|moechte)(?: \w+){0,3} (?:nicht|nie) (?:mehr |langer |weiter )?(?:kontaktiert|angeschrieben|belastigt|informiert) werden\b/,
    /\bnichts mehr (?:\w+ ){0,3}(?:horen|hoeren|bekommen|erhalten|empfangen|schicken|senden|schreiben|lesen)\b/,
    /\bhoe?r(?:t|en sie|en)? (?:bitte |doch |endlich |sofort )*auf (?:mir|mich|uns|damit|mit|zu (?:schreiben|senden|schicken|nerven|spammen|texten))\b/,
    /\bauf(?:zu)?hoe?ren (?:mir|mich|uns|mit)\b/,
    /\blass(?:t|en sie)? (?:mich|uns) (?:\w+ ){0,3}in (?:ruhe|frieden)\b/,
    /\b(?:schreib|schick|send|kontaktier|text|simse|belastig|belaestig|nerv)\w* (?:sie |ihr )?(?:mir |mich |uns )?(?:bitte |ab sofort |auch |hier )*(?:nicht|nichts|nie|nie wieder|keine?)\b(?: \w+){0,3} (?:mehr|wieder)\b/,
    /\bnicht (?:mehr|langer|weiter|wieder) (?:\w+ ){0,2}(?:anschreiben|schreiben|kontaktieren|kontaktiert|angeschrieben|senden|schicken|belastigen|simsen)\b/,
    new RegExp(`\\b(?:losch|loesch|entfern|streich)\\w* (?:sie |bitte |doch |endlich |sofort )*${me}\\b`),
    new RegExp(
      `${me} (?:\\w+ ){0,6}(?:loschen|loeschen|geloscht|entfernen|streichen|abmelden|austragen|rausnehmen|herausnehmen|abgemeldet)\\b`,
    ),
    /\b(?:melde|melden sie|meldet) (?:\w+ )?(?:mich|uns) (?:\w+ ){0,4}ab\b/,
    /\b(?:trag|trage|tragen sie|tragt) (?:\w+ )?(?:mich|uns) (?:\w+ ){0,4}aus\b/,
    /\b(?:nimm|nehmt|nehmen sie) (?:\w+ )?(?:mich|uns|meine \w+) (?:\w+ ){0,3}(?:von|aus|raus|runter)\b/,
    /\b(?:widerruf|widerrufe|widerrufen)\b(?: \w+){0,4} (?:einwilligung|zustimmung|einverstandnis)\b/,
    /\b(?:einwilligung|zustimmung)(?: \w+){0,3} (?:widerrufen|widerrufe|zuruck)\b/,
    /\b(?:mochte|moechte|will|wurde|kann)(?: \w+){0,6} (?:abmelden|abbestellen|austragen)\b/,
    /\bich (?:bestelle|kundige|melde)(?: \w+){0,4} ab\b/,
    /\b(?:mit (?:dem|den|diesen|dieser)|das) (?:\w+ )?(?:sms|nachrichten|spam|werbung|texten|schreiben) (?:\w+ )?(?:aufhoren|aufhoeren|stoppen|lassen)\b/,
    /\bverschont? mich\b|\bverschonen sie mich\b/,
  ],
  notStop: [
    /\b(?:habe?|hab|hatte|bekomme|bekam|erhalte|kriege|kommen|kamen|warum|wieso|gibt es|sehe)(?: \w+){0,3} (?:keine?|nicht|nichts)(?: \w+)*/,
    /\b(?:kann|konnte|darf) (?:\w+ ){0,3}(?:nicht|nichts)(?: \w+)*/,
    /\b(?:nicht|niemals|nie) (?:abmelden|abbestellen|austragen|stoppen|aufhoren)(?: \w+)*/,
    /\b(?:termin|bestellung|buchung|reservierung|paket|arzt|kita|schule)(?: \w+)* (?:abmelden|abbestellen|loschen|stoppen)\b/,
  ],
};

/** What is written about: the messages themselves, and the writing of them. Stems, in all languages. */
const message = [
  ...[
    "text",
    "txt",
    "messag",
    "msg",
    "sms",
    "spam",
    "notif",
    "alert",
    "promo",
    "advert",
    "ads",
    "marketing",
    "contact",
    "sending",
  ],
  ...[
    "nachricht",
    "werb",
    "mitteilung",
    "newsletter",
    "kontakt",
    "schreib",
    "senden",
    "schick",
    "anschreib",
    "benachricht",
  ],
  ...["pubs?\\b", "publicit", "envoi", "envoy", "menvoy", "ecrire", "mecri", "envoie", "recevoir"],
  ...[
    "mensaj",
    "publicidad",
    "envi",
    "mandar",
    "mandand",
    "escrib",
    "recibi",
    "torped",
    "mensage",
    "propagand",
    "mandar",
    "mand[ae]",
    "escrev",
    "receb",
  ],
  ...["pubblicit", "scriv", "invi", "manda", "ricev", "bericht", "sturen", "reclame", "appen", "meldingen", "ontvang"],
  ...["wiadomosc", "reklam", "pisa", "wysyl", "przysyl", "powiadom", "otrzym", "dostaw"],
].join("|");

const stop = [
  ...["stop", "quit", "cease", "refrain", "discontinue", "enough", "halt"],
  ...[
    "stopp(?:en|t)?",
    "aufhoe?ren",
    "unterlass(?:t|en)?",
    "unterlassen sie",
    "hoe?r(?:t|en)? (?:sie )?auf",
    "schluss mit",
  ],
  ...["arreter?z?", "darreter", "cess(?:er|ez|e)", "ca suffit", "marre"],
  ...[
    "dej(?:ar|en|e|ad|a) de",
    "par(?:ar|en|e|ad|em)",
    "ces(?:ar|en|e|sem|sar)",
    "basta",
    "alto",
    "deix(?:ar|em|e) de",
    "chega",
  ],
  ...["smett(?:ere|ete|etela|ila|i)", "ferm(?:are|ate|a)", "stoppen", "houd? op", "ophouden"],
  ...["przesta(?:n|ncie|c)", "dosc", "zaprzesta(?:n|ncie|c)", "koniec z"],
].join("|");

const no =
  "no|not|dont|never|without|keine?|nicht|nichts|nie|ne|plus|pas|jamais|aucun|sin|ya no|non|niente|nao|sem|geen|niet|niets|zadnych|bez";
const more = "more|anymore|again|further|mehr|weiteren?|wieder|plus|mas|piu|mais|meer|wiecej";
/** After these another thread begins: stop by *and* text me. */
const gap = "(?:(?!(?:and|or|by|at|in|on|then|before|after|when|if|und|oder|et|ou|y|o|e|ed|en|i|lub) )\\w+ )";

/** A word for an end, and within the same breath the messages; or no, more and the messages. */
export const stopsWithMessage: readonly RegExp[] = [
  new RegExp(`\\b(?:${stop}) ${gap}{0,5}?(?:${message})`, "u"),
  new RegExp(
    `\\b(?:${message})\\w* ${gap}{0,2}?(?:stoppen|einstellen|abstellen|beenden|unterlassen|aufhoren|stopzetten|uitzetten)\\b`,
    "u",
  ),
  /\bstellen sie (?:\w+ ){1,5}ein\b|\bstellt (?:\w+ ){1,5}ein\b/,
  new RegExp(`\\b(?:${no}) ${gap}{0,2}?(?:${more}) ${gap}{0,3}?(?:${message})`, "u"),
  new RegExp(`\\b(?:${no}) ${gap}{0,3}?(?:${message})\\w* ${gap}{0,2}?(?:${more})\\b`, "u"),
];

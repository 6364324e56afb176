import type { Language } from "../language.ts";
import { words } from "../words.ts";

const text = "(?:sms|messaggi|messaggio|messaggini|pubblicita|notifiche|promozioni|promo|spam|comunicazioni|offerte)";

export const italian: Language = {
  stop: words(`
    ferma, fermare, fermate, fermatevi, fermati, basta, basta cosi, cancellami, cancellatemi, cancellarmi,
    disiscrivimi, disiscrivermi, disiscrizione, disiscrivi, disiscrivetemi, annulla iscrizione, smettetela,
    smettila, smettete, smetti, finitela, finiscila, smettere, rimuovimi, rimuovetemi, stop sms, disattivare,
    disattiva, toglietemi, toglimi, annullare iscrizione
  `),
  weakStop: words("fine, annulla, annullare, cancella, cancellare, termina, terminare, rimuovi, rimuovere, esci"),
  start: words("inizia, iniziare, attiva, riattiva, iscrivimi, iscriviti, riprendi"),
  help: words("aiuto, aiutami, ho bisogno di aiuto, mi serve aiuto"),
  fillers: words(`
    per favore, perfavore, grazie, grazie mille, subito, ora, adesso, immediatamente, ciao, salve, tutto, per
    piacere, prego, voglio, vorrei
  `),
  stopSentences: [
    new RegExp(
      `\\b(?:niente|nessun|nessuna|basta|mai|non voglio|non desidero|stop) (?:piu |altri |altre |altra |con |agli |ai |a |questi |i |gli |vostri |la |coi )*(?:ricevere |vostri |questi )*(?:piu )?${text}\\b`,
    ),
    /\bnon (?:voglio|desidero|vorrei|intendo|vogliamo) (?:piu |assolutamente )*(?:ricever\w*|essere contattat[oa]|sentirvi|vostri|questi|altri)\b/,
    /\bnon (?:mi |ci )?(?:scrive|invia|manda|contatta|disturba|scoccia|tormenta)(?:te|re|temi|rmi|teci|mi|tecci)?(?:mi)?(?: mai)?(?: piu)\b/,
    /\bnon (?:scrive|invia|manda|contatta|disturba)(?:temi|rmi|mi)(?: \w+){0,2}\b/,
    /\b(?:smette|smetti|piantat|finit|smett)\w* (?:di |con |subito di )*(?:scriver|mandar|inviar|contattar|disturbar|tormentar|questi|i|gli)\w*/,
    /\b(?:rimuove|cancella|toglie|togli|elimina|depenna|rimuovi)\w*(?:mi)? (?:\w+ )?(?:dalla|dalle|dal|da questa|dai|il mio numero|il mio contatto|questo numero|i miei dati)\b/,
    /\blascia(?:temi|mi|teci) (?:\w+ )?(?:in pace|stare)\b/,
    new RegExp(
      `\\b(?:annull|blocc|interromp|sospend|disattiv|elimin|ferm)\\w* (?:subito )?(?:i |gli |questi |questa |la |le |linvio di |tutti )*${text}\\b`,
    ),
    /\b(?:chiedo|richiedo|vorrei|voglio) la (?:mia )?cancellazione\b/,
    /\bdisiscri\w*|\bdisattivat\w* (?:il servizio|gli sms|i messaggi|questo servizio)\b/,
    /\b(?:cancella|annulla)\w* (?:la mia |l|la )?\s?(?:iscrizione|liscrizione)\b/,
    /\b(?:revoco|ritiro|revocare) (?:il )?(?:mio )?consenso\b/,
  ],
  notStop: [
    /\bnon (?:ho|abbiamo|ha) (?:\w+ )?(?:ricevuto|avuto)(?: \w+)*/,
    /\bnon (?:smett|ferm|cancell|disiscr|rimuov)\w*(?: \w+)*/,
    /\bnon (?:mi )?(?:e arrivat|arriva|sono arrivat)\w*(?: \w+)*/,
    /\bcancella\w* (?:il mio |la mia |l|il )?\s?(?:ordine|lordine|appuntamento|lappuntamento|prenotazione)\b/,
  ],
};

import type { Language } from "../language.ts";
import { words } from "../words.ts";

const text = "(?:sms|smsow|smsy|sms ow|sms y|wiadomosci|reklam|reklamy|spamu|spam|powiadomien|ofert|tekstow)";

export const polish: Language = {
  stop: words(`
    rezygnuje, rezygnacja, wypisz, wypisz mnie, wypiszcie mnie, wypisac, zakoncz, przestan, przestancie,
    zatrzymaj, dosc, chce sie wypisac, wypisuje sie, stopuj, prosze przestac, zrezygnowac, odsubskrybuj, anuluj
    subskrypcje
  `),
  weakStop: words("koniec, anuluj, usun, odwolaj, zakonczyc, usunac"),
  start: words("zapisz, zapisz mnie, wznow, rozpocznij, zacznij"),
  help: words("pomoc, pomocy, potrzebuje pomocy, pomozcie"),
  fillers: words("prosze, dziekuje, dzieki, teraz, natychmiast, juz, dzien dobry, wszystko, od razu, bardzo"),
  stopSentences: [
    new RegExp(
      `\\b(?:nie chce|nie zycze sobie|zadnych|bez|dosc|koniec|stop|nie potrzebuje) (?:juz |wiecej |dalszych |dostawac |otrzymywac |od was |tych |waszych |takich |tego )*${text}\\b`,
    ),
    /\bnie (?:chce|zycze sobie) (?:juz |wiecej )*(?:dostawac|otrzymywac|zadnych|kontaktu|byc)\b/,
    new RegExp(`\\bwiecej (?:\\w+ )?${text} nie\\b`),
    /\b(?:prosze |juz |wiecej )*nie (?:prosze )?(?:pisac|pisz|piszcie|wysylac|wysylaj|wysylajcie|przysylac|przysylajcie|kontaktowac|kontaktujcie|smsowac|nekac|nekajcie|przysylaj)\b(?: \w+){0,3}/,
    /\bprzesta(?:n|ncie|c) (?:juz |mi |do mnie |prosze )*(?:pisac|wysylac|przysylac|spamowac|smsowac|nekac|kontaktowac|mnie)\b/,
    /\b(?:usun|usuncie|skresl|skreslcie|wykresl|wykreslcie|usunac|wykreslic|prosze o usuniecie) (?:prosze )?(?:mnie|moj (?:numer|telefon)|mojego numeru|ten numer|moje dane|moich danych)\b/,
    /\b(?:daj|dajcie|dac) (?:mi |mnie )?(?:\w+ )?(?:spokoj|swiety spokoj)\b|\bzostaw(?:cie)? mnie\b|\bodczep(?:cie)? sie\b/,
    /\bwypis(?:z|zcie|ac|uje) (?:prosze )?(?:mnie|sie)\b|\b(?:mnie|sie) wypisac\b|\bo wypisanie\b|\bmnie (?:usunac|wykreslic|skreslic)\b|\bo zaprzestanie\b|\brezygnuje z\b|\b(?:chce|chcialbym|chcialabym) (?:zrezygnowac|sie wypisac|wypisac)\b/,
    new RegExp(
      `\\b(?:anuluj|zablokuj|wylacz|wstrzymaj|zakoncz|przestan|przestancie|zatrzymaj)\\w* (?:te |mi |z |wszystkie |wysylanie |wysylac )*${text}\\b`,
    ),
    /\b(?:cofam|wycofuje|wycofac) (?:\w+ )?(?:zgode|moja zgode)\b/,
  ],
  notStop: [
    /\bnie (?:dostalem|dostalam|otrzymalem|otrzymalam|przyszedl|przyszla|mam|widze|dostaje|doszedl)(?: \w+)*/,
    /\bnie (?:przestawaj|przestawajcie|wypisuj|wypisujcie|rezygnuje)(?: \w+)*/,
  ],
};

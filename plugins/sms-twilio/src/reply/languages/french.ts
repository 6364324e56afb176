import type { Language } from "../language.ts";
import { words } from "../words.ts";

const text =
  "(?:sms|messages?|textos?|pubs?|publicites?|notifications?|promos?|promotions?|mails?|spams?|offres|alertes)";

export const french: Language = {
  stop: words(`
    arret, arrets, arreter, arrete, arretez, arretez tout, desabonner, desabonnement, desabonnez moi,
    desinscrire, desinscription, desinscrivez moi, me desabonner, me desinscrire, stop sms, stop pub, stoppez,
    desabonne moi, stopper, ca suffit, arreter tout, plus de pub, plus de sms, plus de messages
  `),
  weakStop: words("fin, resilier, resiliation, annuler, supprimer, terminer"),
  start: words("demarrer, commencer, reprendre, me reabonner, sabonner, mabonner, reabonner"),
  help: words("aide, aidez moi, besoin daide, jai besoin daide, au secours"),
  fillers: words(`
    svp, stp, sil vous plait, sil te plait, merci, merci beaucoup, maintenant, tout de suite, immediatement,
    bonjour, tout, de suite, merci de, veuillez, je veux, je souhaite, ca, cela, pitie, immediatement svp,
    cordialement
  `),
  stopSentences: [
    new RegExp(
      `\\b(?:pas|plus|aucun|jamais) (?:de |d |vos |ces |des |recevoir |aucun |plus )*(?:vos |ces |de |des )*${text}\\b`,
    ),
    /\barrete[zr]?s? (?:de |d |tous |vos |les |ces |votre |avec )*(?:m|nous |me |vos |ces |les )?\s?(?:de )?(?:envoyer|menvoyer|mecrire|ecrire|me contacter|contacter|me spammer|spammer|spam|harceler|me harceler|menvoyez|sms|messages?|textos|pub|pubs|publicites?|envois?|harcelement)\b/,
    /\bcesse[zr]? (?:de |d |vos |ces |les |immediatement )*(?:me |m|nous )?(?:envoyer|menvoyer|mecrire|contacter|sms|messages?|textos|pubs?|envois?)\b/,
    /\bne (?:\w+ )?(?:plus|pas|jamais) (?:\w+ ){0,2}(?:contacter|contacte|ecrire|mecrire|recevoir|envoyer|menvoyer|deranger|etre contactee?|spammer)\b/,
    /\bne (?:me |nous |m|men)?\s?(?:contactez|ecrivez|envoyez|mecrivez|menvoyez|derangez|spammez|contactes|envoies|menvoie)(?: \w+){0,2} (?:plus|pas|jamais)\b/,
    /\b(?:me |m)(?:contactez|ecrivez|envoyez) plus\b|\bmenvoyez plus\b/,
    /\b(?:veux|souhaite|desire|voudrais) (?:plus|pas) (?:\w+ ){0,2}(?:recevoir|de|etre contactee?|vos)\b/,
    /\b(?:retire[zr]?|enleve[zr]?|supprime[zr]?|efface[zr]?|radie[zr]?|sortez|otez) (?:moi|nous|mon (?:numero|nom|contact|telephone)|mes (?:coordonnees|donnees)|le numero)\b/,
    /\b(?:laissez|fichez|laisse|foutez|lachez) (?:moi|nous) (?:la paix|tranquille)\b/,
    new RegExp(
      `\\b(?:annul|resili|suspend|coup|stopp|bloqu)\\w* (?:les |vos |ces |mes |tous |l )*(?:${text}|labonnement aux? ${text})\\b`,
    ),
    /\bdes(?:abonne|inscri)\w*/,
    /\b(?:retire|revoque|annule)\w* (?:mon|tout) consentement\b/,
    /\bstop (?:aux?|les|vos|a vos|ces) (?:\w+ )?(?:sms|messages?|textos|pubs?|publicites?|spams?)\b/,
  ],
  notStop: [
    /\b(?:pas|aucun|plus) (?:de |d |encore )*(?:\w+ )?(?:recu|eu|arrive)\w*(?: \w+)*/,
    /\b(?:ai|jai|a|avez|avons|recois|trouve|vois) (?:pas|plus|eu|recu|toujours pas|encore pas)(?: \w+)*/,
    /\b(?:je nai|nai|je ne recois|ne recois|ne vois)(?: \w+)*/,
    /\b(?:ne|pas|jamais) (?:\w+ ){0,3}(?:desabonne|desinscri)\w*(?: \w+)*/,
    /\b(?:narretez|narrete|narreter|nous arretons|arretez nous|arretez moi)(?: \w+)*/,
    /\bdesabonnee? (?:par erreur|sans le vouloir)\b/,
  ],
};

import type { Language } from "../language.ts";
import { words } from "../words.ts";

const text =
  "(?:sms|mensajes?|mensajitos|textos?|publicidad|anuncios|promociones|promos|notificaciones|spam|correos|ofertas|avisos)";

export const spanish: Language = {
  stop: words(`
    alto, parar, pare, paren, baja, darme de baja, dar de baja, darse de baja, de baja, quiero darme de baja,
    detener, detenganse, basta, basta ya, desuscribir, desuscribirme, cancelar suscripcion, cancelar mi
    suscripcion, no mas, ya no mas, ya basta, desapuntarme, denme de baja, demen de baja, dame de baja, deme de
    baja, dejenme en paz
  `),
  weakStop: words("cancelar, fin, terminar, para, salir, eliminar, borrar, anular, finalizar, quitar, renunciar"),
  start: words("empezar, iniciar, alta, comenzar, suscribirme, suscribir, darme de alta, reanudar"),
  help: words("ayuda, ayudame, necesito ayuda, ayuda me"),
  fillers: words(`
    por favor, porfavor, porfa, gracias, muchas gracias, ya, ahora, inmediatamente, hola, todo, xfavor, x favor,
    favor, ahora mismo
  `),
  stopSentences: [
    new RegExp(
      `\\bya no (?:quiero|deseo|necesito) (?:recibir )?(?:sus |estos |mas |tus )*(?:${text}|nada de ustedes)\\b`,
    ),
    new RegExp(
      `\\b(?:no|sin|ni) (?:quiero |deseo |necesito )?(?:recibir )?(?:un |ningun )?mas (?:de )?(?:sus |estos |esos |tus )?${text}\\b`,
    ),
    /\bno (?:quiero|deseo|quisiera|queremos|me interesa) (?:mas |seguir )?(?:recibir|recibiendo|sus|estos|esos|tus|que me|ser contactad[oa])\b/,
    /\b(?:dejen|deje|deja|dejad|paren|pare|parad|cesen) (?:ya )?(?:de )?(?:enviar|mandar|escribir|molestar|contactar|spamear|textear|acosar)\w*\b/,
    new RegExp(
      `\\b(?:paren|pare|dejen|detengan|cancelen|cancele|suspendan|alto a|basta de|detener|parar|cancelar) (?:con )?(?:de )?(?:los |sus |estos |esos |mis |la |tanto |tantos |tanta )?${text}\\b`,
    ),
    /\b(?:no|nunca|ya no) (?:me|nos) (?:vuelvan? a )?(?:escrib|envi|mand|contact|molest|textee?|llegue)\w*(?: mas| nada| nunca|$| a este)/,
    /\b(?:no|ya no) (?:me|nos) (?:envi|mand|escrib)\w* (?:mas|esto|estos|esta|sus|ningun|nada|sms|mensajes|publicidad)\b/,
    new RegExp(
      `\\bno (?:me |nos )?(?:envi|mand|escrib|contact|molest|llam|text)\\w* (?:ya )?(?:mas|nunca|nada)(?: (?:de )?(?:sus |estos |tus )?${text})?(?: |$)`,
    ),
    /\bno (?:vuelvan?|vuelvas) a (?:escribir|contactar|enviar|mandar|molestar)\w*/,
    /\b(?:quit|borr|elimin|saqu|sac|remuev|retir)\w*(?:me|nme) (?:\w+ )?(?:de )?(?:la |su |esta |tu )?(?:lista|base|registro|ahi|aqui)\b/,
    /\b(?:quit|borr|elimin|saqu|remuev|retir)\w* (?:por favor )?(?:mi (?:numero|telefono|celular|contacto)|este numero)\b/,
    /\b(?:dar|dame|deme|denme|demen|doy|darme|dejarme|darnos)(?: \w+)? de baja\b|\bde baja (?:por favor|ya)\b/,
    /\b(?:quiero|solicito|pido|deseo) (?:la |mi |una )?baja\b/,
    /\bdejen?(?:me|nos) (?:en paz|tranquil[oa])\b/,
    /\b(?:cancelar|cancelen|cancele|suspender) (?:el|este|su) servicio\b/,
    /\bdesuscri\w*|\bdesapunt\w*/,
    /\b(?:retiro|revoco|retirar|revocar) (?:mi |el )?consentimiento\b/,
  ],
  notStop: [
    /\bno (?:he|ha|han|hemos) (?:recibido|tenido)(?: \w+)*/,
    /\bno (?:dejen|deje|paren|pare|cancelen|cancele|se detengan)(?: \w+)*/,
    /\bno (?:me |quiero )?(?:quiero )?(?:dar|darme|den|desuscrib)\w*(?: \w+)*/,
    /\bestoy de baja\b|\bbaja (?:medica|laboral|por enfermedad|de precio)\b/,
  ],
};

import type { Language } from "../language.ts";
import { words } from "../words.ts";

const text =
  "(?:sms|mensagens?|mensagem|torpedos?|propagandas?|publicidade|anuncios|promocoes|notificacoes|spam|avisos|ofertas|msgs?)";

export const portuguese: Language = {
  stop: words(`
    pare, parar, parem, sair, descadastrar, descadastre, descadastrarme, descadastrar me, me descadastre,
    cancelar inscricao, cancelar subscricao, cancelar assinatura, remova me, me remova, me tire, chega, basta,
    nao quero mais, remover me, quero sair, me exclua, desinscrever, me descadastrem, nao mais
  `),
  weakStop: words("cancelar, cancela, remover, fim, encerrar, terminar, excluir, anular, apagar"),
  start: words("comecar, iniciar, ativar, voltar, inscrever, recomecar, cadastrar"),
  help: words("ajuda, ajude me, me ajuda, preciso de ajuda, socorro"),
  fillers: words(`
    por favor, porfavor, pfv, pf, obrigado, obrigada, agora, imediatamente, ja, ola, oi, tudo, se faz favor, por
    gentileza
  `),
  stopSentences: [
    new RegExp(
      `\\b(?:nao|sem|chega de|basta de|nem) (?:quero |desejo |preciso |gostaria de )?(?:mais )?(?:receber |de )?(?:mais |essas? |estas? |suas? |as |esses |estes |nenhuma )*${text}\\b`,
    ),
    /\bnao (?:quero|desejo|queremos|gostaria de) (?:mais )?(?:receber|ser contactad[oa]|ser contatad[oa]|essas|suas|isso)\b/,
    /\b(?:parem|pare|para|deixem|deixe|cessem) (?:ja )?(?:de |com )(?:me )?(?:enviar|mandar|escrever|incomodar|contatar|contactar|essas?|estas?|as|isso|mensagens|sms|spam|perturbar)\w*/,
    /\bnao (?:me |nos )?(?:envi|mand|escrev|contat|contact|incomod|perturb)\w*(?: \w+){0,3} (?:mais|nada|nunca)\b/,
    /\bnao (?:me|nos) (?:envi|mand|escrev|contat|contact|incomod|perturb)\w*(?: mais|$| mensagens| sms)/,
    /\b(?:remov|tir|retir|exclu|apag|elimin)\w* (?:me )?(?:(?:o )?meu (?:numero|telefone|contato|contacto|celular)|este numero|da (?:sua |vossa )?lista|desta lista|dessa lista|do cadastro)\b/,
    /\b(?:sair|saiam) (?:da|desta|dessa) (?:\w+ )?lista\b/,
    /\bnem (?:me )?(?:mand|envi)\w* (?:mais |as |essas )*(?:mensag|sms)\w*/,
    /\bme (?:remov|tir|retir|exclu)\w* (?:da|desta|dessa|do)\b/,
    new RegExp(
      `\\b(?:cancel|bloque|suspend|interromp|elimin)\\w* (?:as |essas |estas |os |todas |minhas |o envio de )*${text}\\b`,
    ),
    /\b(?:parar|deixar) de receber\b/,
    /\b(?:me deixem?|deixem? me) em paz\b/,
    /\bdescadastr\w*|\bdesinscrev\w*|\bcancel\w* (?:a |minha |a minha )?(?:inscricao|subscricao)\b/,
    /\b(?:retiro|revogo|revogar|retirar) (?:o )?(?:meu )?consentimento\b/,
  ],
  notStop: [
    /\bnao (?:recebi|recebemos|chegou|chegaram|vi|tenho)(?: \w+)*/,
    /\bnao (?:parem|pare|cancelem|cancele|descadastr|me descadastr|quero descadastr|quero sair|quero cancelar)\w*(?: \w+)*/,
  ],
};

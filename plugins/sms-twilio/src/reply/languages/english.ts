import type { Language } from "../language.ts";
import { words } from "../words.ts";

const text =
  "(?:texts?|txts?|texting|messages?|msgs?|messaging|sms|smses|spam|ads?|adverts?|promos?|notifications?|alerts?)";
const sending =
  "(?:texting|txting|messaging|messages?|msgs?|texts?|txts?|sms|spam|spamming|sending|contacting|writing|bothering|pestering|harassing|annoying|notifying|notifications?|alerts?|promos?|promotions?|marketing|ads?|adverts?|advertising|updates?|contact|communications?)";
const those =
  "(?:all|the|these|those|your|this|any|further|such|more|with|me|damn|bloody|stupid|marketing|promotional|text|of|w|ur|receiving|getting)";

export const english: Language = {
  stop: words(`
    stop, stopall, unsubscribe, optout, stop all, opt out, unsub, unsubscribed, unsubscribe me, unsubscribe all,
    opt me out, opting out, remove me, stp, sotp, stpo, sstop, stopit, unsuscribe, unsubcribe, unsubscibe,
    unsubsribe, unscribe, unsubscribe from all, стоп, leave me alone, go away, no more, block me, enough
  `),
  weakStop: words(`
    cancel, end, quit, revoke, remove, cease, cancel all, end all, quit all, discontinue, cease and desist, desist, block,
    stfu, not interested, no longer interested
  `),
  start: words(`
    start, unstop, subscribe, resubscribe, re subscribe, optin, opt in, opt me in, subscribe me, resubscribe me,
    start again, resume, resume texts, resume messages, sign me up, sign me back up, opt me back in
  `),
  help: words("help, info, help me, need help, i need help, information, more info"),
  fillers: words(`
    please, pls, plz, plse, thanks, thank you, thankyou, thx, ty, now, immediately, asap, right now, ok, okay,
    hi, hello, hey, just, it, this, that, i said, sir, guys, kindly, at once, already, yes, everything, stuff,
    nonsense, would you, could you, can you, sorry, omg, ffs, seriously, for the love of god, for gods sake, i
    beg you, im begging you, again, pretty, yall, ma am, mam, maam, good day, at all, permanently, forever, and
    thank you, and thanks, all of it, all of this, all of them, with these, getting, receiving, these, those,
    them, with this, lol no, how to, how do i, how can i, tell me how to, no longer interested, not interested
  `),
  stopSentences: [
    // Said to us and to nobody else: stop this madness.
    /^(?:please |pls |just )?stop (?!(?:and|by|at|in|over|on|off|for|near|sign|light|lights|watch|to|is|was|shop|over|here|there|number|no|then|when|if|me|us)\b)(?:[a-z]+ ?){1,3}$/,
    /^(?:i )?(?:dont|do not) want$/,
    new RegExp(`\\b(?:stop|quit|cease|discontinue|end) (?:${those} )*${sending}\\b`),
    /\b(?:stop|quit) (?:to )?(?:send|text|message|contact|write|spam|bother|harass)\w* /,
    new RegExp(`\\b(?:no|without) (?:more|further|additional) (?:${those} )*${text}\\b`),
    new RegExp(`^no (?:${those} )*${text}(?: please| pls| thanks| thank you| anymore| any more)?$`),
    new RegExp(
      `\\b(?:dont|do not|never|no longer) (?:want|wanna|wish|like|need|send|care for)(?: to)?(?: receive| get| see| be receiving| be getting)?(?: me)? (?:${those} |any |anymore |these |from )*(?:${text}|anything(?! else)|them)\\b`,
    ),
    /\b(?:dont|do not|never) send (?:me )?(?:any|anything|more|these|this)\b/,
    /\b(?:dont|do not|no longer|never) (?:want|wanna|wish|like|need) (?:to )?(?:receive |get |see |be receiving )?(?:these|this|it|any of (?:this|these))(?: any ?more| texts| stuff| crap)?$/,
    /\b(?:dont|do not|no longer|never) (?:want|wanna|wish|like) (?:to be |be |being )?(?:contacted|texted|messaged|on (?:this|your|the) list|to (?:hear|receive anything|get anything)\b)/,
    /\b(?:dont|do not|never) (?:ever )?(?:text|message|msg|contact|txt|sms|bother|spam|write(?: to)?) (?:me|us|this number|my (?:number|phone)|here|anymore|any more|again)\b/,
    /\b(?:remove|take|delete|erase|drop|get|scrub) (?:me|us|my (?:\w+ )?(?:number|phone|mobile|cell|name|contact|details|info|data)|this (?:\w+ )?number)(?: \w+)? (?:off|from|out of) (?:\w+ )?(?:\w+ )?(?:lists?|database|system|records|files|texts?|sms|messages|here|this|it|contacts|that)\b/,
    /\b(?:remove|delete|erase|drop) (?:me|us|my (?:\w+ )?(?:number|phone|mobile|cell|contact)|this number)$/,
    /\b(?:remove|delete|erase) (?:me|my (?:\w+ )?number|this number) (?:please|pls|now|immediately|asap|thanks|thank you|at once)\b/,
    /\btake (?:me|my (?:\w+ )?number|this number) off(?:$| (?:of )?(?:the|this|your|all|that|any)\b| pl| thank| now)/,
    /\b(?:get|be|come) off (?:of )?(?:this|your|the) (?:\w+ )?list\b/,
    /\bif (?:you|u|this|it|they) (?:dont|doesnt|do not|does not|wont) stop\b|\bor (?:i will|ill) (?:report|block|sue)\b/,
    /\b(?:removed|taken|deleted) (?:off|from|out of) (?:of )?(?:\w+ ){0,2}(?:lists?|database|system|records|texts?|messages)\b/,
    /\bwant (?:off|out)(?: of)?(?: \w+){0,2} (?:lists?|texts?|messages|this)\b/,
    /\b(?:end|cancel|terminate|discontinue) (?:this|the|your) (?:text |sms |messaging |alert )?service\b/,
    /\bunsu[bs]+c?ri?b\w*/,
    /\bunsub\b/,
    /\bopt(?:ing|ed)? (?:me |us |my number )?out\b/,
    /\b(?:leave|let) (?:me|us) (?:the \w+ )?alone\b|\blose my number\b/,
    /\b(?:revoke|withdraw|retract|cancel)(?:ing)? (?:my |all |any )*(?:consent|permission)\b|\b(?:dont|do not|no longer|never|didnt|did not) (?:give |gave )?(?:\w+ )?(?:consent|permission)\b/,
    new RegExp(
      `\\b(?:cancel|turn off|switch off|disable) (?:my |${those} )*(?:${text}|subscription to (?:these|your|this))\\b`,
    ),
    /\b(?:sent|texted|said|replied|typed|wrote|told you|asked you)(?: you| to| \w+ times)* stop\b/,
    /^stop (?:i|im|ive|who|no|dont|never|this is|wrong|my number|u|ur) /,
    /^stop (?:news|offers?|deals?|service|services|program|newsletters?|subscriptions?|contacting|everything)\b/,
    /\b(?:want|like|need|wish|ask\w*) (?:you |it |this |these |them |all |yall )*to stop$/,
    /\b(?:make it|make them|make this|can this|will this|please just) stop$/,
    /\b(?:fuck|piss|bugger|sod) off\b/,
    /\bcease and desist\b/,
    /^(?:(?:sorry|no|nope|hi|hello|im|i am|were|we are|really|thanks|thank you) )*(?:not|no longer) interested(?: (?:at all|any ?more|in (?:this|these|any of (?:this|these))|thanks?|thank you|thx|ty|sorry|please|pls))*$/,
    /^(?:i (?:want|wish|would like) to |id like to )?(?:cancel|end|terminate) (?:my|the|this) subscriptions?$/,
  ],
  notStop: [
    /(?<!\b(?:do|can|could|should|how) )\b(?:i|we|ill|well|i will|we will|ive|weve|i just|we just) (?:stop|quit)\w*(?: \w+)*/,
    /\b(?:dont|do not|didnt|did not|havent) (?:have|see|got|get)\b(?: \w+)*/,
    /\b(?:dont|do not|never|please dont) (?:take|remove|delete|get|drop) (?:me|us|my)(?: \w+)*/,
    /\b(?<!\bif (?:you|u|this|it|they) )(?:dont|do not|cant|cannot|can not|couldnt|could not|never|wont|will not|didnt|did not|doesnt|wouldnt|havent|not|non) (?:ever |just |really |seem to |want to |wanna |want you to |want this to |let them |let us |you )*(?:stop|quit|unsub\w*|opt(?:ed)? out|end|cancel)(?: \w+)*/,
    /\b(?:unsub\w*|opted (?:me )?out)(?: \w+)* (?:by mistake|by accident|accidentally|in error|by error|back)\b/,
    /\b(?:accidentally|mistakenly) (?:unsub\w*|opted out)/,
    /\bwhy (?:was|am|were|did|have) (?:i|we|you)(?: \w+)? (?:unsub\w*|opted|stop\w*)(?: \w+)*/,
    /\b(?:have|has|had|got|get|are|is|see|saw|find|received) no (?:more|further)(?: \w+)*/,
    /\b(?:he|she|they|ex|friend|brother|sister|boss|son|daughter|neighbor|neighbour) (?:to )?(?:stop|quit|told me to stop)(?: \w+)*/,
    /\b(?:tell|told|ask|asked|make|get) (?:him|her|them|my \w+) (?:not )?to (?:stop|quit)(?: \w+)*/,
    /\b(?:if|when|until|unless|before|after) (?:i|we|you) (?:stop|quit|unsub\w*|opt out)(?: \w+)*/,
    /\b(?:dont|do not) (?:text|message|contact|write) (?:me|us) (?:before|after|until|while|during|between|on|at|when|about)\b/,
    /\bwhat happens(?: \w+)*/,
  ],
};

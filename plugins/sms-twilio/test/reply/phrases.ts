/** What customers write. One phrase a line; every line was judged by reading it, not by what the code says of it. */
interface Phrases {
  readonly [language: string]: readonly string[];
}

const lines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** A reasonable person who writes this wants no more messages. */
export const stops: Phrases = {
  en: lines(`
    STOP
    stop
    Stop
    sToP
    STOP!!!
    Stop.
    "STOP"
    'stop'
    (stop)
    *STOP*
    stop 🛑
    🛑
    STOP ✋
    s t o p
    S.T.O.P.
    STOPPPP
    stoooop
    ＳＴＯＰ
    STOPALL
    stop all
    UNSUBSCRIBE
    Unsubscribe
    unsubscribe me
    CANCEL
    cancel
    END
    End.
    QUIT
    quit!
    OPTOUT
    opt out
    Opt-out
    opt-out please
    REVOKE
    unsub
    unsuscribe
    unsubcribe
    stp
    Please stop
    stop please
    pls stop
    plz stop!!
    Stop it
    stop this
    Stop now
    STOP NOW!!!!
    just stop
    Stop. Thanks
    Thanks. Stop.
    No, stop
    ok stop
    Stop, who is this?
    Who is this? STOP
    please stop texting me
    Stop texting me
    stop texting this number
    STOP TEXTING ME
    Stop sending me messages
    stop sending these
    Stop messaging me please
    stop spamming me
    stop the spam
    stop all messages
    stop messages
    Stop sms
    stop contacting me
    Please stop sending me these texts
    can you please stop texting me
    could you stop messaging me
    would you please stop
    when will you stop texting me
    I want you to stop
    I said stop
    I already texted STOP
    I have sent STOP three times, why am I still getting these
    I asked you to stop
    No more messages
    no more texts please
    No more texts
    no more sms
    No further messages please
    No texts please
    I don't want any more messages
    I dont want these messages
    I do not want your texts
    i don't want to receive these anymore
    I no longer want to receive your messages
    I don't want to be contacted
    do not contact me again
    Do not contact me
    Don't text me
    dont text me anymore
    don't message me
    never text me again
    Do not text this number
    Remove me
    remove me please
    remove me from your list
    Please remove me from this list
    Remove my number
    remove my number from your database
    take me off your list
    Take me off this list!
    take my number off
    delete my number
    Delete my number please
    lose my number
    leave me alone
    Leave me alone!!!
    please leave me alone
    go away
    opt me out
    I want to opt out
    I'd like to opt out please
    how do i opt out
    I want to unsubscribe
    how do I unsubscribe?
    please unsubscribe me from these texts
    Unsubscribe from all
    unsubscribe this number
    I am opting out
    cancel all texts
    cancel these messages
    Cancel text alerts
    I revoke my consent
    I withdraw consent to be texted
    I do not consent to these texts
    fuck off
    Piss off and stop texting me
    STOP I never signed up for this
    Stop I don't know who you are
    You have the wrong number, stop texting me
    wrong number. stop
    Enough! No more messages!
    Please take me off the mailing list, thank you
    stop promotions
    STOP ALERTS
    stop marketing
    stop bothering me
    stop harassing me or I call the police
    quit texting me
    quit sending me this crap
    cease all communications
    cease and desist
    This is a cease and desist, do not text this number
    not interested
    I'm not interested
    Sorry, not interested
    Not interested, thanks
    not interested any more thank you
    no longer interested
    block
    Block.
    stfu
    STFU!!
    cancel my subscription
    Please cancel my subscription
    I want to cancel my subscription
    end these texts
    turn off notifications
    dont send me anything
    don't send any more
    I don't need these alerts
  `),
  de: lines(`
    Stopp
    STOP bitte
    bitte stoppen
    stopp!!!
    Abmelden
    abmelden bitte
    Bitte abmelden
    Abbestellen
    Austragen
    Kündigen
    Ende
    Hört auf!
    Hör auf
    Hören Sie auf
    Hören Sie bitte auf, mir zu schreiben
    hört auf mir sms zu schicken
    Bitte hören Sie auf mich zu kontaktieren
    Aufhören!
    Keine Werbung
    keine Werbung mehr
    Keine SMS mehr
    keine weiteren Nachrichten
    Bitte keine weiteren SMS
    Bitte keine Nachrichten mehr senden
    Ich möchte keine Nachrichten mehr
    Ich möchte keine Werbung mehr erhalten
    ich will keine sms mehr von euch
    Ich moechte keine SMS mehr bekommen
    Ich will nichts mehr von euch hören
    Schreibt mir nicht mehr
    Schreiben Sie mir bitte nicht mehr
    Kontaktieren Sie mich nicht mehr
    Schickt mir keine Nachrichten mehr
    Senden Sie mir nichts mehr
    Bitte nicht mehr schreiben
    nicht mehr kontaktieren
    Lasst mich in Ruhe
    Lassen Sie mich in Ruhe!
    Löschen Sie meine Nummer
    Bitte löscht meine Nummer
    meine Nummer löschen
    Streichen Sie mich von der Liste
    Nehmt mich aus dem Verteiler
    Melden Sie mich bitte ab
    Ich melde mich ab
    Ich möchte mich abmelden
    Wie kann ich mich abmelden?
    Ich widerrufe meine Einwilligung
    Hiermit widerrufe ich meine Einwilligung
    Tragt mich bitte aus
  `),
  fr: lines(`
    Arrêt
    ARRET
    arrêtez
    Arrêter
    arrêtez svp
    Arrêtez s'il vous plaît
    Stop svp
    stop merci
    STOP SMS
    Désabonner
    désabonnez-moi
    Me désabonner
    Désinscription
    Désinscrivez-moi
    je veux me désabonner
    Comment me désabonner ?
    Arrêtez de m'envoyer des messages
    Arrêtez de m'écrire
    arretez de me contacter
    Arrêtez vos SMS
    Arrêtez les messages svp
    Plus de messages
    plus de sms svp
    Je ne veux plus de SMS
    je ne veux plus recevoir vos messages
    Je ne souhaite plus recevoir de messages
    Je ne veux plus être contacté
    Ne m'écrivez plus
    Ne me contactez plus
    ne m'envoyez plus de messages
    N'envoyez plus de sms
    Merci de ne plus me contacter
    Merci de ne plus m'envoyer de messages
    Retirez-moi de la liste
    Supprimez mon numéro
    Enlevez moi de votre liste
    Laissez-moi tranquille
    Fichez-moi la paix
    pas de pub
    Stop aux pubs
    Ça suffit !
    Cessez de m'envoyer des SMS
    Fin
    Je retire mon consentement
  `),
  es: lines(`
    ALTO
    Parar
    pare
    Pare por favor
    Paren ya
    BAJA
    Baja por favor
    darme de baja
    Quiero darme de baja
    Denme de baja
    dame de baja por favor
    Cómo me doy de baja?
    quiero la baja
    Cancelar
    cancelar suscripción
    Cancelar mensajes
    Detener
    Basta
    basta ya!
    No más
    No más mensajes
    no mas mensajes por favor
    ya no quiero mensajes
    No quiero recibir más mensajes
    No quiero más mensajes
    no quiero recibir sus mensajes
    No me escriban más
    no me manden mas mensajes
    No me envíen más
    No me contacten más
    Dejen de enviarme mensajes
    dejen de escribirme
    Deja de mandarme sms
    Dejen de molestar
    Quítenme de la lista
    Bórrenme de su lista
    elimínenme de la lista
    Eliminen mi número
    borren mi numero
    Déjenme en paz
    No vuelvan a escribirme
    stop por favor
    Paren de mandar mensajes
    Retiro mi consentimiento
  `),
  it: lines(`
    Basta
    BASTA!
    Basta messaggi
    basta sms
    Ferma
    Fermatevi
    stop grazie
    Stop per favore
    Cancellami
    Cancellatemi
    cancellatemi dalla lista
    Disiscrivimi
    disiscrizione
    Voglio disiscrivermi
    Come faccio a disiscrivermi?
    Annulla iscrizione
    Non voglio più messaggi
    Non voglio più ricevere messaggi
    non voglio ricevere i vostri sms
    Non desidero ricevere pubblicità
    Non scrivetemi più
    Non mandatemi più messaggi
    Non inviatemi più sms
    non contattatemi più
    Non mi contattate più
    Smettetela
    smettetela di scrivermi
    Smettete di mandarmi messaggi
    Smettila di scrivermi
    Rimuovetemi dalla lista
    Rimuovimi
    Toglietemi dalla lista
    cancellate il mio numero
    Lasciatemi in pace
    Niente più messaggi
    niente pubblicità
    Fine
    Revoco il consenso
  `),
  pt: lines(`
    Pare
    PARAR
    Parem
    parem por favor
    Sair
    SAIR
    quero sair
    Cancelar
    Cancelar inscrição
    Remover
    Descadastrar
    Quero me descadastrar
    Não quero mais
    Não quero mais mensagens
    Não quero receber mais mensagens
    nao quero receber sms
    Não quero mais receber essas mensagens
    Não me envie mais mensagens
    não me mandem mais sms
    Não me mande mais nada
    Não me contactem mais
    Parem de me enviar mensagens
    pare de mandar mensagem
    Parem de enviar SMS
    Chega de mensagens
    Chega!
    Me tire da lista
    Me remova da lista
    Remova meu número
    Retirem o meu número
    Sem mais mensagens
    Deixem-me em paz
    Me deixem em paz
    stop por favor
    Stop obrigado
    Retiro o meu consentimento
  `),
  nl: lines(`
    Stoppen
    stop aub
    Stop alstublieft
    Stop ermee
    stop hiermee
    Afmelden
    afmelden aub
    Uitschrijven
    Ik wil me afmelden
    Ik wil mij uitschrijven
    Schrijf me uit
    Meld me af
    Hou op
    Hou op met sms'en
    Stop met sms'en
    Stop met berichten sturen
    stop met het sturen van berichten
    Geen berichten meer
    geen sms meer
    Geen sms'jes meer aub
    Geen reclame
    Ik wil geen berichten meer
    Ik wil geen berichten meer ontvangen
    Stuur me niets meer
    Stuur mij geen berichten meer
    Niet meer sturen
    niet meer berichten aub
    Haal me van de lijst
    Haal mij uit het bestand
    Verwijder mijn nummer
    Verwijder mij
    Laat me met rust
    Laat mij met rust!
    Hoe kan ik me afmelden?
    Opzeggen
    Ik trek mijn toestemming in
  `),
  pl: lines(`
    Stop proszę
    proszę stop
    Rezygnuję
    rezygnuje
    Rezygnacja
    Wypisz
    Wypisz mnie
    Proszę mnie wypisać
    Wypiszcie mnie
    Zakończ
    Koniec
    Przestańcie
    Przestań pisać
    Przestańcie do mnie pisać
    przestańcie wysyłać
    Nie chcę więcej wiadomości
    Nie chcę smsów
    Nie chcę dostawać wiadomości
    nie chce juz sms
    Nie życzę sobie wiadomości
    Nie życzę sobie takich SMS
    Proszę nie pisać
    Proszę nie wysyłać więcej wiadomości
    Nie piszcie do mnie
    Nie wysyłajcie mi więcej sms
    Proszę więcej nie pisać
    Dość
    dość reklam
    Bez reklam
    Usuńcie mój numer
    Usuńcie mnie z listy
    proszę usunąć mój numer
    Dajcie mi spokój
    Dajcie spokój
    Chcę się wypisać
    Cofam zgodę
  `),
  mixed: lines(`
    Kindly stop
    STOP THIS NOW
    stop!!! please!!!
    plz unsubscribe
    Unsubscribe, thanks
    can I unsubscribe
    I'd like to be removed from this list
    please remove my phone number from your system
    Please delete my info from your records
    no more
    No more of these messages!
    I am not interested, please stop
    not interested. remove me
    never contact me again
    Do not send me any more text messages
    don't send me texts
    i dont wanna get these texts
    I don't wish to receive these text messages any longer
    please end this service
    how can I stop these texts?
    How do I stop getting these messages
    make it stop
    For the love of God stop
    why are you texting me? stop it
    Stop with the texts
    stop w the messages
    I did not sign up for this. Remove me.
    quit
    QUIT!!
    END PLEASE
    cancel please
    revoke consent
    I'm opting out of all messages
    get me off this list
    take me off of this
    i want off this list
    this number is no longer in service for you, stop
    sTOP texting
    Stop msg
    stop text
    STOP SMS PLEASE
    block me
    please discontinue
    please cease texting me
    I've asked you to stop
    Told you to stop already
    Stop thank you
    Bitte Stop!
    Stop, danke
    keine SMS
    keine sms bitte
    Keine Nachrichten mehr bitte!
    Ich will das nicht mehr
    ich möchte keine weiteren Infos
    Bitte entfernen Sie meine Nummer aus Ihrem Verteiler
    bitte löschen sie mich
    Bitte nehmen Sie mich aus der Liste
    hört endlich auf
    Stoppt das
    Kein Interesse, bitte keine weiteren Nachrichten
    Bitte Newsletter abbestellen
    Ich will keine Werbung
    schickt mir nichts mehr
    Belästigen Sie mich nicht mehr
    stop stop stop
    arrêtez ça
    arrête de m'envoyer des sms
    Veuillez arrêter
    Veuillez me désinscrire
    merci de me désabonner
    je me désabonne
    Plus de pub svp
    ne plus recevoir de messages
    J'en ai marre de vos sms, arrêtez
    Stop aux messages
    je ne veux pas recevoir de publicité
    Enlevez mon numéro
    Pare de enviar
    no envíen más mensajes
    No mandes más mensajes
    favor de no enviar más mensajes
    quiero cancelar los mensajes
    no me interesa, no escriban más
    sáquenme de la lista
    Por favor elimine mi número
    deje de escribirme
    alto por favor
    dar de baja este número
    basta con questi messaggi
    non voglio essere contattato
    non mandate più sms
    Per favore cancellatemi
    togliete il mio numero
    Stop ai messaggi
    smettete
    não quero receber mais sms
    não envie mais
    Não mandem mais mensagens
    por favor remova meu número da lista
    quero parar de receber mensagens
    cancelar mensagens
    Deixem de me enviar sms
    afmelden graag
    Ik wil stoppen met deze berichten
    Wil geen sms meer
    stuur geen berichten meer
    Graag uitschrijven
    Niet meer sms'en aub
    verwijder mijn nummer uit jullie systeem
    stop nu
    Proszę przestać
    nie wysyłać
    Proszę o usunięcie mojego numeru
    nie chcę tych wiadomości
    Wypisuję się
    stop sms
    przestańcie spamować
    Nie pisz do mnie więcej
    stop sending stuff
    Stop with these
    STOP STOP STOP
    enough already
    Enough texts
    I'm done, unsubscribe
    Unsubscribe my number from this service
    I never gave you permission to text me, stop
    Please refrain from texting me
    please do not message this number
    Pls remove this number
    You need to take me off your texting list
    how do i get off this list
    how to stop this
    tell me how to stop these messages
    I would like to stop receiving messages
    would like to stop receiving texts please
    I don't wish to get texts from you
    Don't ever text me again
    DO NOT TEXT ME ANYMORE
    do not send messages to this number
    no longer interested, please remove
    no more notifications
    cancel my text alerts please
    I wish to be taken off your list
    unsubscibe please
    opt out!!
    Optout pls
    Stop please and thank you
    Stop texting, I'm blocking you
    i will report you as spam if you don't stop
    Why do you keep texting me? Stop!
    Stop these annoying ads
    stop promo texts
    End texts
    QUIT TEXTING
    Bitte keine SMS mehr an diese Nummer
    Bitte stellen Sie die Nachrichten ein
    Bitte streichen Sie meine Nummer
    Ich möchte nicht mehr kontaktiert werden
    ich möchte das nicht mehr bekommen
    Werbung abbestellen
    bitte abbestellen danke
    Schreiben Sie mich nie wieder an
    Unterlassen Sie diese Nachrichten
    Stop mit den SMS
    lasst es
    Austragen bitte!
    Hören Sie auf damit
    Nehmen Sie mich bitte von Ihrer Liste
    arrêtez tout de suite
    je ne souhaite plus être contactée
    veuillez ne plus m'envoyer de sms
    Merci d'arrêter vos messages
    Retirez mon numéro de votre base
    supprimez-moi de vos listes
    plus aucun message svp
    stop à vos messages
    je veux arrêter de recevoir vos sms
    Désinscrire svp
    Ya no me manden mensajes
    ya no me escriban
    Por favor quítenme de su lista
    Quiero que dejen de escribirme
    No deseo recibir publicidad
    Quiero dejar de recibir mensajes
    Deseo darme de baja
    eliminar mi número por favor
    No me manden nada
    Alto a los mensajes
    Non inviate più messaggi
    vorrei cancellarmi dalla lista
    voglio annullare l'iscrizione
    Non voglio più essere contattata
    Fermate questi sms
    basta scrivermi
    Vi prego di non scrivermi più
    Per favore smettete di scrivere
    Por favor parem com as mensagens
    não desejo receber mensagens
    Não enviem mais nada
    quero cancelar a inscrição
    Quero deixar de receber SMS
    Retire meu número por favor
    para de mandar mensagem
    Wil je me uitschrijven
    Gelieve geen berichten meer te sturen
    Gelieve mij uit te schrijven
    Ik wil dit niet meer ontvangen
    Stop met sturen
    stop deze sms
    Haal mijn nummer weg
    Proszę nie przysyłać sms
    Nie chcę od was wiadomości
    proszę o wypisanie
    Proszę wykreślić mnie z listy
    Nie wysyłać więcej
    Stop reklamom
    przestańcie mi to wysyłać
    Stop your messages
    Stop these stupid messages right now
    stop with the marketing already
    please stop with texts
    Enough with the spam
    Stop all of it
    No more spam
    i dont want ur texts
    I dont need ur messages
    no thank you, please unsubscribe
    Stop it please thanks
    stop blowing up my phone with texts
    Not interested, take me off your list
    im not interested stop texting
    Pls take me off
    Take this number off
    delete me from your contacts
    You're spamming me, remove me
    I want you to delete my number
    Please no more
    Stop notifications
    can you guys stop messaging me
    Would like to opt out
    opting out
    Withdraw my consent
    I do not give consent
    Don't contact this number anymore
    This is harassment. Stop.
    wrong person, please remove this number
    how do I stop receiving these
    SToP plz
    STOP STOP
    Never message me again
    cancel subscription to these texts
    Unsubscribe!!!!
    Bitte schicken Sie mir keine SMS mehr
    Ich möchte diese Nachrichten nicht mehr erhalten
    Bitte keine Werbung per SMS
    Stoppen Sie die SMS
    Schluss mit den Nachrichten
    hören sie auf zu texten
    Abmelden vom Newsletter
    Ich bestelle die SMS ab
    Nie wieder schreiben
    Bitte meine Daten löschen
    Möchte keine Infos mehr
    bitte raus aus dem Verteiler
    keine Lust mehr auf eure SMS
    Arrêtez de m'embêter avec vos messages
    je ne veux plus de vos pubs
    Marre de vos textos
    Veuillez cesser tout envoi
    stop les messages
    désabonnez mon numéro
    Ne plus m'écrire svp
    plus de textos merci
    Je me désinscris
    Merci de retirer mon numéro
    Cesen los mensajes
    dejen los mensajes ya
    no más sms
    Paren los mensajes por favor
    No me interesa recibir mensajes
    Ya no quiero recibir nada
    quitar mi numero
    Basta de mensajes
    Stop mensajes
    no molesten más
    Basta inviarmi sms
    Smettila con questi messaggi
    non voglio pubblicità
    fermate i messaggi
    Toglimi dalla lista
    Vorrei non ricevere più messaggi
    Stop messaggi
    Cancellate il mio numero per favore
    non mi scrivere più
    Parem com isso
    Chega de sms
    Pare com essas mensagens
    não quero mais sms de vocês
    Retirar meu número
    Não me liguem nem mandem mensagens
    Cancelem as mensagens
    stop mensagens
    Quero sair da lista
    Stop met die sms'jes
    Geen reclame meer aub
    Ik wens geen berichten te ontvangen
    Stop berichten
    Schrijf mij aub uit
    verwijder me uit de lijst
    hou op met appen
    Nie chcę już waszych wiadomości
    Proszę przestać pisać
    Dość tych smsów
    Stop wiadomościom
    Proszę nie kontaktować się ze mną
    Usuń mój numer
    Rezygnuję z wiadomości
    nie wysyłajcie wiadomości
    stop this madness
    Stop blasting me with texts
    plz quit it with the texts
    Don't want these anymore
    do not want
    I do not wish to be contacted
    Pls remove me from ur list
    remove me from this mailing list now
    Cancel my subscription to these texts
    I would like to cancel these text messages
    opt me out of everything
    Please opt my number out
    Who gave you my number? Remove it
    Take this number out of your system
    Never contact this number again
    STOP please I am driving
    Stop, you have the wrong guy
    not me, wrong number, please stop
    stop or I'll block you
    unsubscribe plz and thanks
    end this
    No thanks, stop
    no spam please
    Stop stop please
    dont bother me again
    Bitte stoppen Sie
    Bitte nehmt meine Nummer raus
    Keine weiteren SMS bitte
    ich will keine werbung per sms bekommen
    Bitte hören Sie auf
    Abmelden!!!
    schreibt mir bitte keine SMS mehr
    Kein Interesse mehr, bitte abmelden
    Bitte keinen Newsletter mehr
    Je ne veux plus rien recevoir
    stop stp
    Arrêtez avec vos messages
    Ne m'envoyez plus rien
    Désabonnement svp
    merci de ne plus m'envoyer de SMS
    Retirez mon numéro svp
    Je souhaite me désinscrire
    Ya basta de mensajes
    No quiero que me manden mensajes
    Por favor no me envíen más mensajes
    Elimíneme de la lista
    Deseo cancelar el servicio
    Dejen de mandar publicidad
    no gracias, baja
    Non inviatemi altri messaggi
    Basta per favore
    Cancellate il mio contatto
    Non voglio più i vostri sms
    Chiedo la cancellazione
    Por favor, pare de me enviar mensagens
    Não quero receber propaganda
    Me descadastre por favor
    Tirem meu número da lista
    Não me mandem nada
    Ik wil geen sms'jes meer
    Stop met mij te sms'en
    Schrijf mij uit aub
    Geen interesse, stop
    niet meer sms'en
    Proszę mnie usunąć z listy
    Nie wysyłajcie mi reklam
    Proszę o zaprzestanie wysyłania
    Nie chcę reklam
    Przestańcie wysyłać sms-y
  `),
};

/** It is something else, however it sounds. */
export const others: Phrases = {
  en: lines(`
    I was not interested at first, now I am
    I'm not interested in the red one, do you have blue?
    which block are you on?
    Block A or block B?
    can you block an hour for me on Monday
    Can I pause and resume later?
    how much is my subscription
    cancel my appointment
    cancel my subscription to the gym magazine, keep the box
    I can't stop laughing
    bus stop at 5
    Meet me at the bus stop
    the next stop is mine
    Can you stop by at 5?
    stop by tomorrow
    I'll stop at the store first
    Stop at the light and turn left
    nonstop flight please
    non-stop
    Don't stop
    Please don't stop
    don't stop texting me, I love these
    never stop
    Don't unsubscribe me
    please do not unsubscribe me
    I unsubscribed by mistake, please add me back
    why was I unsubscribed?
    He won't stop calling
    it won't stop raining
    My brother told me to stop smoking
    I quit smoking
    I quit my job today
    when does the sale end?
    the end of the month
    weekend
    See you at the end of the day
    In the end it worked
    cancel my order
    Can I cancel my appointment?
    please cancel my booking for tuesday
    Yes, cancel the 5pm
    how do I cancel an order
    When does it stop?
    What happens if I reply STOP?
    what stop do I get off at
    full stop
    pit stop
    One stop shop
    stopwatch
    unstoppable
    Yes
    No
    yes please
    no thanks
    OK
    Thanks!
    thank you
    👍
    1
    C
    Call me
    who is this
    wrong number
    Is the store open?
    What time do you close
    I have no more texts left on my plan
    there are no more messages in the app
    I got no text
    I did not get any messages
    I never received the message
    remove the blue one from my order
    remove item 3 please
    Take me to your leader
    take off is at 9
    the end
    quit playing
    delete my order
    can you text me the address
    text me when it is ready
    message me later
    Send me more info please
    I want more messages like this
    I want to receive updates
    don't want the red one
    I don't want milk
    Leave it at the door
    leave the package with my neighbor
    lol stop it you two are too funny
    I love this
    Where is my order
    STOP sign on the corner
    Stop & Shop on 5th
    The bus doesn't stop here
    We stop serving at 10
    I couldn't stop
    how far is the stop
    stopping by later
    I will opt for the second one
    send it out
    contact me tomorrow
    do not text me before 9am
    My phone was off, sorry
    sub me in coach
    Cancelled flight, can I rebook?
    this deal is ending soon?
    revoked license
    Great, keep sending them
    My kids quit soccer
    I'm at the end of the line
  `),
  de: lines(`
    Ich kann nicht aufhören zu lachen
    An der Bushaltestelle
    Ich melde mich später
    Melde mich morgen
    Ich habe keine SMS bekommen
    Ich habe keine Nachricht erhalten
    Warum bekomme ich keine Nachrichten mehr?
    Ja
    Nein
    nein danke
    Danke
    Wann endet die Aktion?
    Am Ende des Monats
    Können Sie mich zurückrufen?
    Bitte Termin absagen
    Ich möchte meine Bestellung stornieren
    Ich habe keine Zeit mehr
    ich möchte keine Milch
    Nicht mehr verfügbar?
    Schreibt mir bitte
    Ich kann heute nicht mehr schreiben
    Das Paket ist nicht angekommen
    Wo ist meine Bestellung
    Wir stoppen kurz an der Tankstelle
    Stoppuhr
    Bitte nicht abmelden
    Wie lange geht das noch
    alles gut
    Hilft mir sehr
    Lösch das Licht
  `),
  fr: lines(`
    Je n'ai pas reçu de message
    J'ai pas reçu le sms
    L'arrêt de bus
    à l'arrêt du tram
    Je ne peux pas m'arrêter de rire
    oui
    non
    Non merci
    merci beaucoup
    La fin du mois
    Quand finit la promo ?
    Annuler ma commande
    Je veux annuler mon rendez-vous
    Où est ma commande ?
    J'arrive bientôt
    N'arrêtez pas
    Je vous écris plus tard
    Pas de problème
    Il n'y a plus de pain
    Je ne suis plus disponible demain
    pas mal
    envoyez-moi plus d'infos
    j'ai arrêté de fumer
    Un message de plus
  `),
  es: lines(`
    No he recibido el mensaje
    No me ha llegado nada
    La parada del autobús
    Para mañana está bien
    Es para mi hermana
    Sí
    No
    no gracias
    Gracias
    Quiero cancelar mi pedido
    Cancelar mi cita
    Está muy alto
    El volumen está alto
    Estoy de baja
    Baja el precio?
    No puedo parar de reír
    ¿Cuándo termina?
    Al fin
    Dónde está mi pedido
    Más información por favor
    No quiero el rojo
    Mándame más
    quiero mas mensajes como este
    Llego más tarde
  `),
  it: lines(`
    Non ho ricevuto il messaggio
    Non mi è arrivato nulla
    La fermata dell'autobus
    Ci vediamo alla fermata
    Sì
    No
    no grazie
    Grazie
    Vorrei cancellare il mio ordine
    Annulla il mio appuntamento
    Alla fine del mese
    Basta così poco per essere felici
    Quando finisce la promozione?
    Dov'è il mio ordine?
    Non riesco a smettere di ridere
    Va bene
    Mandatemi più informazioni
    Scrivetemi domani
    Non voglio il latte
    Più tardi
  `),
  pt: lines(`
    Não recebi a mensagem
    Não recebi nada
    Parada de ônibus
    Para amanhã
    Sim
    Não
    não obrigado
    Obrigada
    Quero cancelar meu pedido
    Cancelar a consulta
    No fim do mês
    Fim de semana
    Quando termina a promoção?
    Onde está meu pedido?
    Não consigo parar de rir
    vou sair agora do trabalho
    Mais informações por favor
    Me mande mais
    Não quero o vermelho
    Não parem
    Tudo bem
  `),
  nl: lines(`
    Ik heb geen bericht ontvangen
    Waarom krijg ik geen berichten meer?
    De bushalte
    Ja
    Nee
    nee bedankt
    Dank je wel
    Ik wil mijn bestelling annuleren
    Wanneer eindigt de actie?
    Aan het einde van de maand
    Ik kan niet stoppen met lachen
    Waar is mijn bestelling
    Stuur me meer informatie
    Bericht me later
    Ik stop even bij de winkel
    Geen probleem
    Niet meer nodig om te bellen
    Ik ben gestopt met roken
    Geen melk
    tot straks
  `),
  pl: lines(`
    Nie dostałem wiadomości
    Nie otrzymałam sms
    Przystanek autobusowy
    Tak
    Nie
    nie dziękuję
    Dziękuję
    Chcę anulować zamówienie
    Na koniec miesiąca
    Kiedy kończy się promocja?
    Gdzie jest moje zamówienie
    Nie mogę przestać się śmiać
    Proszę o więcej informacji
    Napisz później
    Nie chcę mleka
    Nie ma problemu
    Już jadę
    Proszę wysłać adres
    Jestem na przystanku
    Dobrze
  `),
  mixed: lines(`
    Stop by anytime
    Which stop is closest?
    The truck stop on I-80
    I could not stop crying, thank you for the gift
    Last stop before the highway
    Can we stop for coffee
    I need to stop at the bank
    When do you stop taking orders?
    Did the rain stop?
    cancel reservation 4412
    please cancel my 3pm
    Do you cancel on rainy days?
    End of story
    What's the end date?
    At the end of June works
    quitting time is 5
    remove the pickles please
    please remove one item from my cart
    can you remove the late fee
    delete the second address
    opt for delivery
    Leave it with reception
    I'm leaving now
    No more cheese please
    no more questions
    Don't forget the receipt
    do not ring the bell
    don't send it to the old address
    I don't want to change it
    I do not need a bag
    I don't like the color
    Text me your number
    messages are not arriving
    I stopped receiving your messages
    I'm not getting your texts
    Why did you stop sending me coupons?
    please keep me on the list
    add me to the list
    sign me out
    go ahead
    take me to the shop
    Help yourself
    I can help
    info received thanks
    start time?
    What time does it start?
    yes start at 9
    Ich bin an der Haltestelle
    Können Sie mir schreiben?
    Ich habe mich angemeldet
    Ich möchte nicht warten
    keine Ahnung
    Kein Problem
    Ich möchte keine Tüte
    Bitte rufen Sie mich nicht vor 9 an
    Ich nehme das Angebot
    Pas de souci
    Je ne veux pas attendre
    je n'ai plus faim
    Le bus s'arrête ici
    C'est la fin
    arrivé
    Paro en la tienda
    ¿Está abierto para el público?
    no quiero esperar
    bajo en cinco minutos
    No puedo hoy
    Ho smesso di fumare
    Non posso venire
    Fermata Garibaldi
    non voglio aspettare
    Vou parar no mercado
    não quero esperar
    não posso ir
    para o meu pai
    Ik kom niet
    ik wil geen suiker
    De winkel is gestopt
    Nie mogę dzisiaj
    Nie chcę czekać
    Koniec świata
    zatrzymam się w sklepie
    I'll be at the last stop
    Does the 42 stop here?
    stop over in Denver
    We can't stop thinking about your brownies
    Thanks for nonstop service
    I had to stop because my battery died
    They stopped selling it
    You never stop surprising me
    Stop light is broken
    is there a stop near you
    I want to cancel order #55
    Cancel that, I'll take the large
    end of the week please
    Where does the line end
    Remove the onions
    please remove the tip
    add more info to my file
    No more rain please
    Don't text John
    text only, no calls
    Text me instead of calling
    Do not send the invoice yet
    I did not order this
    I don't need help
    it's not what I want
    I want out by 5pm
    take me off speaker
    You left me alone at the counter
    leave it alone until I arrive
    I got your message
    the messages are great
    I opted for pickup
    Delete item two
    what a nice message
    enough for two people?
    no more than 10 please
    Ich komme nicht mehr rechtzeitig
    Die Haltestelle ist gegenüber
    Wir machen Schluss um acht
    Termin bitte löschen
    Ich möchte das Angebot nicht verpassen
    Schicken Sie mir bitte mehr Infos
    Ich will keine Umstände machen
    Haben Sie keine größeren?
    Je n'arrive pas à vous joindre
    Je ne veux pas manquer l'offre
    On s'arrête à Lyon
    Supprimez le deuxième article
    Plus de détails svp
    No quiero perder la oferta
    Mi parada es la siguiente
    Elimine el segundo artículo
    No me llamen, escríbanme
    Para dos personas
    Non voglio perdere l'offerta
    Basta un minuto
    Fermo posta
    Não quero perder a oferta
    Pode parar na esquina
    Sair às 5
    Ik wil niet wachten
    Ik stap uit bij de volgende halte
    Nie chcę przegapić oferty
    Koniec promocji kiedy?
    Wysyłajcie więcej
    Text me when you get to the stop
    I'll stop and text you
    stop in and message the manager
    My messages stop loading sometimes
    I can't stop sending this to friends
    The texts stop at line 3
    Did you get my text?
    Do you have more messages?
    Please text me more details
    no more room at the hotel
    I haven't got the text message yet
    Not sure, text me again
    No, text me again tomorrow
    I never got a text, send it again
    don't send it yet, I will text you
    Please don't cancel my alerts
    no alerts showed up
    keep the texts coming
    I didn't get more info
    Contact me at the office
    do not contact my husband, contact me
    remove my old address please
    don't take me off the list
    add my number to the list
    sign me up for texts
    end of the street
    Is this the end?
    Stop #14
    Next stop Paris!
    not yet
    What's more, I love it
    Kann man den Termin noch ändern?
    Nicht schlecht, mehr davon
    Ich habe noch keine Antwort auf meine Nachricht
    Schicken Sie mir die Rechnung nicht per Post
    Die Werbung war super
    Ich schreibe morgen wieder
    Keine Zeit, schreibe später wieder
    Plus tard, merci
    Je n'ai plus de batterie
    pas encore reçu le message
    Envoyez plus de photos
    pas besoin, merci
    Pas de message reçu
    No recibí el mensaje de ayer
    no sé, envíen más detalles
    Más tarde les escribo
    No, mándame el otro
    Parada de autobús cerca?
    Non so, scrivimi più tardi
    Non ho capito il messaggio
    Più informazioni via sms per favore
    Não entendi a mensagem
    Não, mande mais fotos
    pode me mandar mais tarde
    Geen idee, stuur later een bericht
    Nog geen bericht gehad
    Niet gelukt, stuur nog een sms
    Nie wiem, napiszę później
    Nie, proszę wysłać jeszcze raz
    The stop is closed today
    How many stops until downtown?
    We'll stop texting while driving
    I always stop at your store
    Please stop by my office
    stop in anytime
    it stopped working
    stopped by earlier, nobody home
    cancel the second item
    I'd like to cancel my dinner reservation
    can i cancel
    the end is near lol
    Sorry I ended up buying elsewhere
    quit my gym
    remove my old card
    please delete my order
    Is there an end date
    Send more info to my email
    Not now, text me next week
    not today
    no I want the other one
    No messages yet from the driver
    Did the message go out?
    I don't have any more messages
    don't call, text
    do not need anything else
    My text didn't go through
    I left my number with the clerk
    take me to the menu
    opt 2
    Unsubscribed? I want to stay!
    I don't want to unsubscribe
    Ich möchte bestellen
    Kann nicht kommen
    Ich will nicht stören
    Halt mich auf dem Laufenden
    Ich habe die Nachricht nicht verstanden
    Je veux plus d'informations
    Je ne peux pas venir
    Le message n'est pas clair
    Quiero más información
    No entiendo el mensaje
    para el lunes
    no me funciona el enlace
    Vorrei più informazioni
    Il messaggio non si apre
    Quero mais informações
    Não entendi
    Ik begrijp het bericht niet
    Ik wil meer informatie
    Nie rozumiem wiadomości
    Chcę więcej informacji
  `),
};

/** START, and what says the same. */
export const starts = lines(`
  START
  start
  Start!
  UNSTOP
  resume
  Please resume
  RESUME MESSAGES
  subscribe
  Resubscribe
  opt in
  OPT-IN
  please start
  anmelden
  Démarrer
  empezar
  alta
  inizia
  iniciar
  comecar
  Começar
  aanmelden
  zapisz mnie
`);

export const helps = lines(`
  ?
  ???
  HELP
  help
  Help!
  help please
  INFO
  info
  Hilfe
  Hilfe bitte
  aide
  Aide svp
  ayuda
  Ayuda por favor
  aiuto
  ajuda
  hulp
  pomoc
  Help me
`);

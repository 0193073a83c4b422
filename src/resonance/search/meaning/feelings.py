"""What words say of music, in seven languages: each line a meaning, with directions in the space.

A line: directions, a bar, words and phrases. Languages are marked for those who read the table; a word is
looked up in all of them. Words are compared folded and without endings, so "traurige" and "tristes" are
found. A word marked * may also be part of a name: it is looked up among the names, too.
"""

# ruff: noqa: E501, SIM905 - a table reads best with one row a line

from __future__ import annotations

from dataclasses import dataclass

from resonance.core.text import fold

_TABLE = """
tempo -1 | en: slow, slowly, slower, slow tempo, low tempo, low bpm, unhurried, largo, adagio, lento, slow paced, sluggish | de: langsam, gemächlich, schleppend, langsames tempo | fr: lent, lente, lentement, tempo lent | es: lento, lenta, despacio, pausado | it: lento, lenta | pt: lento, devagar | nl: langzaam, traag
tempo 1, energy .2 | en: fast, faster, quick, rapid, speedy, high tempo, high bpm, uptempo, up tempo, fast paced, presto, allegro, breakneck | de: schnell, rasant, flott, zügig, schnelles tempo | fr: rapide, vite, tempo rapide | es: rápido, rápida, veloz | it: veloce, rapido | pt: rápido | nl: snel, vlug
tempo .01 | en: mid tempo, midtempo, medium tempo, moderate tempo, moderate, andante | de: mittleres tempo, mäßig | fr: tempo moyen, modéré | es: tempo medio, moderado | it: tempo medio | pt: tempo médio | nl: gemiddeld tempo
energy 1, loudness .2 | en: energetic, energy, high energy, energising, energizing, powerful, intense, lively, upbeat, vigorous, explosive, pumping, pumped, hyper, adrenaline, full of energy, banging, banger, bangers, hard hitting, strong, dynamic, fiery, vibrant, wild | de: energiegeladen, energisch, kraftvoll, kräftig, lebhaft, mitreißend, druckvoll, intensiv, wild, schwungvoll, voller energie, power | fr: énergique, puissant, puissante, intense, vif, entraînant, dynamique, pêchu | es: enérgico, enérgica, potente, intenso, animado, movido, con energía | it: energico, potente, intenso, vivace | pt: enérgico, intenso, animado, agitado | nl: energiek, krachtig, levendig
energy 1, tempo .5, danceability .3 | en: workout, gym, running, run, jogging, exercise, training, cardio, sport, sports, work out, spinning, lifting | de: sport, laufen, joggen, zum laufen, zum sport, fitness, krafttraining | fr: courir, course, entraînement, musculation, sport | es: correr, gimnasio, entrenar, deporte, ejercicio | it: correre, palestra, allenamento | pt: correr, treino, academia, malhar | nl: hardlopen, sporten, trainen
energy -1 | en: low energy, unenergetic, subdued, understated, laid back energy | de: wenig energie, verhalten | fr: peu d'énergie | es: poca energía | it: poca energia | pt: pouca energia | nl: weinig energie
energy -1, loudness -.6, mood:relaxed .3 | en: quiet, soft, silent, hushed, background, background music, softly, light, unobtrusive | de: leise, still, hintergrund, hintergrundmusik, sanft leise, im hintergrund | fr: silencieux, discret, fond sonore, en fond, musique de fond | es: silencioso, bajo volumen, de fondo, música de fondo | it: silenzioso, sottofondo, di sottofondo | pt: silencioso, música de fundo, de fundo | nl: zacht, stil, achtergrond, achtergrondmuziek
loudness 1, energy .5 | en: loud, louder, noisy, heavy, blasting, deafening, roaring | de: laut, lauter, lärmend, dröhnend, heavy, schwer | fr: fort, forte, bruyant, lourd | es: fuerte, ruidoso, ruidosa, alto volumen, pesado | it: forte, rumoroso, pesante | pt: alto, barulhento, pesado | nl: luid, hard, lawaaiig
brightness 1 | en: bright sounding, crisp, sparkling, shimmering, shiny, trebly, glittering, bright sound | de: hell klingend, glitzernd, funkelnd, brillant | fr: brillant, scintillant, étincelant | es: centelleante | it: brillante, scintillante | pt: cintilante | nl: fonkelend
brightness .6, mood:happy .6 | en: bright, sunny, radiant, luminous | de: hell, sonnig, strahlend | fr: lumineux, ensoleillé, clair | es: brillante, luminoso, soleado | it: luminoso, solare | pt: luminoso, ensolarado | nl: helder, zonnig
brightness -1 | en: muffled, dull, mellow sound, bassy, lo fi sound, dark sounding, deep bass | de: dumpf, gedämpft, basslastig | fr: sourd, étouffé | es: apagado, grave | it: ovattato, cupo suono | pt: abafado | nl: dof
acousticness 1, mood:acoustic 1 | en: acoustic, unplugged, acoustically, organic, stripped down, stripped back, unamplified, campfire | de: akustisch, akustik, lagerfeuer | fr: acoustique, débranché | es: acústico, acústica | it: acustico, acustica | pt: acústico, acústica | nl: akoestisch
acousticness -1, sound:synthesizer .6, genre:electronic .5 | en: synthetic, digital, electric sound | de: synthetisch, digital | fr: synthétique | es: sintético | it: sintetico | pt: sintético | nl: synthetisch
danceability 1, energy .5, mood:party .5 | en: danceable, dance, dancing, to dance, dance to, dancefloor, dance floor, groovy, groove, club, clubbing, dance music, danceable music | de: tanzbar, tanzen, zum tanzen, tanzmusik, tanzfläche, tanz, club | fr: dansant, danser, pour danser, à danser, danse, boîte de nuit | es: bailar, para bailar, bailable, baile, discoteca | it: ballare, da ballare, ballabile, danza | pt: dançar, para dançar, dançante | nl: dansbaar, dansen, om te dansen, dans
dynamics 1 | en: wide dynamic range, big contrasts, from quiet to loud, crescendo, building, build up | de: große dynamik, aufbauend | fr: grands contrastes, montée | es: grandes contrastes | it: grandi contrasti | pt: grandes contrastes | nl: grote contrasten
dynamics -1 | en: steady, even, constant, flat dynamics | de: gleichmäßig, gleichförmig | fr: régulier, constant | es: constante, uniforme | it: costante | pt: constante | nl: gelijkmatig
density 1 | en: busy, dense, frantic, hectic, frenetic, complex rhythm | de: dicht, hektisch, nervös | fr: dense, frénétique | es: denso, frenético | it: denso, frenetico | pt: denso, frenético | nl: druk, hectisch
density -1, energy -.4 | en: sparse, minimalistic, bare, spare, uncluttered, simple | de: karg, spärlich, reduziert, schlicht | fr: épuré, dépouillé, minimaliste | es: escaso, minimalista, sencillo | it: essenziale, minimalista | pt: minimalista, simples | nl: kaal, sober
mode 1 | en: major key, in a major key, major mode, in major | de: dur, in dur | fr: en majeur, mode majeur | es: en mayor, modo mayor, tono mayor | it: in maggiore, modo maggiore | pt: em maior, modo maior | nl: in majeur, grote terts
mode -1 | en: minor key, in a minor key, minor mode, in minor | de: moll, in moll | fr: en mineur, mode mineur | es: en menor, modo menor, tono menor | it: in minore, modo minore | pt: em menor, modo menor | nl: in mineur, kleine terts
instrumental 1 | en: instrumental, instrumentals, no words, wordless, without words, without lyrics, no lyrics, no singing, no vocals, without vocals, without singing | de: instrumental, ohne gesang, ohne worte, ohne text | fr: instrumental, sans paroles, sans chant, sans voix | es: instrumental, sin letra, sin voz, sin voces | it: strumentale, senza parole, senza voce | pt: instrumental, sem letra, sem voz | nl: instrumentaal, zonder zang, zonder tekst
instrumental -.6, sound:voice 1 | en: vocal, vocals, singing, sung, singer, with lyrics, voice, vocalist | de: gesang, gesungen, mit gesang, stimme, sänger, sängerin | fr: chant, chanté, voix, chanteur, chanteuse | es: cantado, voz, voces, cantante | it: cantato, voce, cantante | pt: cantado, voz, cantor | nl: zang, gezongen, stem, zangeres
age 1 | en: old, older, oldies, vintage, retro, classic, classics, old school, oldschool, golden oldies, from the past, ancient | de: alt, ältere, oldies, altmodisch, retro, von früher, klassiker | fr: vieux, vieille, ancien, ancienne, rétro, d'antan | es: viejo, vieja, antiguo, antigua, retro, clásicos, de antes | it: vecchio, vecchia, antico, d'epoca | pt: velho, antigo, antiga, das antigas | nl: oud, oude, ouderwets, klassiekers
age -1 | en: new, newer, recent, modern, contemporary, current, latest, fresh, today | de: neu, neue, aktuell, modern, zeitgenössisch | fr: récent, récente, nouveau, nouvelle, moderne, actuel | es: nuevo, nueva, reciente, moderno, actual | it: nuovo, recente, moderno, attuale | pt: novo, recente, moderno, atual | nl: nieuw, recent, modern
mood:happy 1, energy .2, mode .2 | en: happy, happiness, joyful, joy, cheerful, cheery, glad, merry, feel good, feelgood, good mood, uplifting, positive, jolly, delightful, smiling, fun, good vibes, optimistic | de: fröhlich, glücklich, heiter, froh, freudig, lustig, gute laune, gut gelaunt, positiv, vergnügt, munter, unbeschwert | fr: joyeux, joyeuse, heureux, heureuse, gai, gaie, bonne humeur, enjoué, content, positif | es: alegre, feliz, contento, contenta, alegría, buen humor, positivo, divertido | it: allegro, allegra, felice, gioioso, spensierato, buonumore | pt: alegre, feliz, contente, animadora, alegria | nl: vrolijk, blij, gelukkig, opgewekt
mood:happy .7, mood:party .7, energy .5 | en: euphoric, euphoria, ecstatic, exhilarating, jubilant, triumphant, anthemic, anthem | de: euphorisch, ekstatisch, jubelnd, hymnisch | fr: euphorique, extatique, jubilatoire | es: eufórico, eufórica, extático | it: euforico, estatico | pt: eufórico, extasiante | nl: euforisch, uitzinnig
mood:hopeful 1, mood:happy .4 | en: hopeful, inspiring, inspirational, motivational, motivating, encouraging, empowering | de: hoffnungsvoll, inspirierend, motivierend, aufbauend hoffnungsvoll, ermutigend | fr: plein d'espoir, inspirant, motivant | es: esperanzador, inspirador, motivador | it: speranzoso, ispiratore, motivante | pt: esperançoso, inspirador, motivador | nl: hoopvol, inspirerend
mood:sad 1, mood:happy -.3, energy -.3, mode -.2 | en: sad, sadness, melancholic, melancholy, melancholia, sorrowful, sorrow, gloomy, heartbroken, heartbreak, heartbreaking, depressing, depressed, tearful, tears, crying, cry, mournful, mourning, grief, blue mood, lonely, loneliness, wistful, bittersweet, unhappy, miserable, lament, tearjerker, breakup, break up, despair, somber, sombre mood, forlorn | de: traurig, melancholisch, wehmütig, trübsinnig, schwermütig, trauer, trist, einsam, deprimierend, bedrückt, liebeskummer, weinen, zum weinen, herzschmerz, verzweifelt, bittersüß | fr: triste, tristesse, mélancolique, mélancolie, chagrin, déprimant, nostalgie triste, pleurer, malheureux, désespéré, solitaire, coeur brisé | es: triste, tristeza, melancólico, melancólica, melancolía, deprimente, llorar, desamor, solitario, doloroso, despecho | it: triste, tristezza, malinconico, malinconica, malinconia, struggente, piangere | pt: triste, tristeza, melancólico, melancólica, saudade, chorar, sofrência | nl: verdrietig, droevig, treurig, melancholisch, weemoedig, somber
mood:aggressive 1, energy .5, mood:relaxed -.4 | en: aggressive, angry, anger, furious, rage, raging, brutal, violent, hard, hardcore, harsh, fierce, ferocious, hateful, hostile, mean, savage, vicious, ruthless, menacing, raw | de: aggressiv, wütend, wut, zornig, brutal, hart, böse, rabiat, gnadenlos, krachig | fr: agressif, agressive, furieux, en colère, colère, rage, violent, violente, brutal, hargneux | es: agresivo, agresiva, furioso, enojado, enfadado, ira, rabia, brutal, violento, duro | it: aggressivo, arrabbiato, rabbia, violento, brutale | pt: agressivo, furioso, raiva, violento, brutal | nl: agressief, boos, woedend, woest
mood:relaxed 1, energy -.6 | en: relaxed, relaxing, relax, calm, calming, peaceful, tranquil, serene, chill, chilled, chillout, chilling, laid back, laidback, soothing, mellow, easy going, easygoing, restful, zen, quietly, lazy, unwind, cosy evening, stress free, slow down, leisurely, still, placid, comforting | de: entspannt, entspannend, ruhig, friedlich, gelassen, beruhigend, gemütlich, chillig, zum entspannen, relaxt, besinnlich, stressfrei, lässig, zum chillen, faul | fr: détendu, détendue, relaxant, relaxante, calme, paisible, tranquille, serein, sereine, apaisant, reposant, zen, posé, cool, paresseux | es: relajado, relajada, relajante, tranquilo, tranquila, calmado, calmada, sereno, serena, apacible, pacífico, calma, para relajarse | it: rilassato, rilassante, calmo, calma, tranquillo, tranquilla, sereno, pacifico | pt: relaxado, relaxante, calmo, calma, tranquilo, tranquila, sereno | nl: ontspannen, ontspannend, rustig, kalm, vredig, relaxed
mood:relaxed .8, energy -1, tempo -.4 | en: sleep, sleeping, to sleep, fall asleep, falling asleep, sleepy, bedtime, lullaby, nap, drowsy, slumber, insomnia | de: schlafen, einschlafen, zum einschlafen, zum schlafen, schlaf, müde, schlummern | fr: dormir, s'endormir, pour dormir, sommeil, berceuse, endormir | es: dormir, para dormir, sueño, dormirse, siesta | it: dormire, per dormire, addormentarsi, sonno | pt: dormir, para dormir, sono | nl: slapen, om te slapen, in slaap vallen
mood:relaxed .7, energy -.7, instrumental .3 | en: study, studying, to study to, study to, focus, concentrate, concentration, work, working, reading, coding, homework, deep work, writing | de: lernen, zum lernen, konzentration, konzentrieren, arbeiten, zum arbeiten, lesen, zum lesen, fokus | fr: étudier, travailler, concentration, lire, pour travailler, bosser | es: estudiar, trabajar, concentración, leer, concentrarse, para estudiar | it: studiare, lavorare, concentrazione, leggere | pt: estudar, trabalhar, concentração, ler | nl: studeren, werken, concentratie, lezen
mood:relaxed .7, energy -.5, mood:spacious .3 | en: meditation, meditate, meditative, yoga, contemplative, mindfulness, spa, massage, bath | de: meditation, meditativ, zum meditieren, kontemplativ, badewanne | fr: méditation, méditatif, contemplatif, bain | es: meditación, meditar, meditativo, contemplativo | it: meditazione, meditativo | pt: meditação, meditativo | nl: meditatie, meditatief
mood:party 1, danceability .6, energy .5 | en: party, parties, partying, festive, celebration, celebrate, celebrating, festival, house party, new year, birthday, wedding dance | de: party, feier, feiern, zum feiern, festlich, fete, partymusik, geburtstag, silvester | fr: fête, faire la fête, soirée dansante, festif, festive, célébration, anniversaire, teuf | es: fiesta, fiestero, festivo, celebrar, celebración, verbena, cumpleaños | it: festa, festivo, festeggiare, compleanno | pt: festa, festivo, festejar, balada, aniversário | nl: feest, feestje, feestelijk, vieren
mood:dark 1, mood:happy -.2, mode -.2 | en: dark, darker, sinister, ominous, brooding, bleak, grim, evil, haunting, haunted, creepy, spooky, eerie, scary, horror, gothic mood, murky, black | de: dunkel, düster, finster, unheimlich, gruselig, schaurig, bedrohlich | fr: sombre, obscur, sinistre, noir, ténébreux, inquiétant, lugubre | es: oscuro, oscura, sombrío, siniestro, tenebroso, lúgubre | it: scuro, oscuro, cupo, tetro, sinistro | pt: escuro, sombrio, sinistro, obscuro | nl: donker, duister, grimmig, griezelig
mood:dreamy 1, mood:spacious .3, energy -.3 | en: dreamy, dreamlike, dream, dreaming, hazy, floating, ethereal, woozy, surreal, hypnotic, trance like, drifting, cloudy, daydream | de: verträumt, träumerisch, traumhaft, schwebend, ätherisch, zum träumen, traum, hypnotisch | fr: rêveur, rêveuse, onirique, éthéré, flottant, planant, rêve, hypnotique | es: soñador, soñadora, onírico, etéreo, flotante, hipnótico | it: sognante, onirico, etereo, ipnotico | pt: sonhador, sonhadora, onírico, etéreo | nl: dromerig, etherisch, zwevend
mood:romantic 1, energy -.2 | en: romantic, romance, love, love song, love songs, loving, sensual, sexy, intimate, passionate, tender love, candlelight, valentine, seductive, date night | de: romantisch, liebe, liebeslied, liebeslieder, sinnlich, leidenschaftlich, intim, kuschelig, verliebt, kerzenschein | fr: romantique, amour, chanson d'amour, chansons d'amour, sensuel, passionné, intime, amoureux | es: romántico, romántica, amor, canciones de amor, sensual, apasionado, íntimo, enamorado | it: romantico, romantica, amore, canzoni d'amore, sensuale, passionale | pt: romântico, romântica, amor, sensual, apaixonado | nl: romantisch, liefde, liefdesliedjes, sensueel
mood:epic 1, energy .3, dynamics .3 | en: epic, dramatic, majestic, heroic, grand, grandiose, cinematic, monumental, sweeping, bombastic, glorious, soaring, theatrical, battle, powerful orchestral | de: episch, dramatisch, majestätisch, heroisch, monumental, bombastisch, großartig, feierlich, pathetisch | fr: épique, dramatique, majestueux, héroïque, grandiose, cinématographique | es: épico, épica, dramático, dramática, majestuoso, heroico, grandioso, cinematográfico | it: epico, drammatico, maestoso, eroico, grandioso | pt: épico, dramático, majestoso, heroico, grandioso | nl: episch, dramatisch, majestueus, heroïsch, groots
mood:tense 1 | en: tense, tension, nervous, anxious, suspense, suspenseful, nerve wracking, uneasy, unsettling, edgy, paranoid, agitated, thrilling, thriller | de: angespannt, spannung, spannend, nervös, unruhig, beklemmend, gespannt | fr: tendu, tension, nerveux, anxieux, suspense, angoissant | es: tenso, tensa, tensión, nervioso, inquietante, suspenso, angustioso | it: teso, tensione, nervoso, inquietante, ansioso | pt: tenso, tensão, nervoso, inquietante | nl: gespannen, spanning, spannend, nerveus
mood:nostalgic 1 | en: nostalgic, nostalgia, reminiscent, memories, sentimental, yearning, longing, childhood | de: nostalgisch, nostalgie, sehnsucht, sehnsüchtig, sentimental, erinnerungen | fr: nostalgique, nostalgie, souvenirs, sentimental | es: nostálgico, nostálgica, nostalgia, añoranza, recuerdos, sentimental | it: nostalgico, nostalgia, ricordi | pt: nostálgico, nostalgia, recordações | nl: nostalgisch, nostalgie, heimwee, verlangen
mood:warm 1, brightness -.2 | en: warm, warmth, cosy, cozy, homely, fireplace, mild, snug, autumn evening | de: warm, wärme, warmherzig, kuschlig, heimelig, gemütlich warm, kaminfeuer | fr: chaud, chaleureux, chaleureuse, douillet, réconfortant | es: cálido, cálida, acogedor, acogedora, calidez | it: caldo, calda, accogliente, caloroso | pt: quente, caloroso, aconchegante, acolhedor | nl: warm, gezellig, knus
mood:nocturnal 1 | en: nocturnal, night, nighttime, late night, late at night, at night, midnight, after hours, evening, night drive, night driving, moonlight, nightly | de: nacht, nächtlich, nachts, in der nacht, spät, spätabends, abend, abends, am abend, für den abend, mitternacht, nachtfahrt | fr: nocturne, nuit, la nuit, tard le soir, minuit, soir, soirée, le soir | es: nocturno, nocturna, noche, de noche, por la noche, medianoche | it: notturno, notte, di notte, sera, mezzanotte | pt: noturno, noite, à noite, madrugada | nl: nacht, nachtelijk, avond, 's nachts, middernacht
mood:playful 1, mood:happy .3 | en: playful, quirky, funny, humorous, silly, whimsical, mischievous, cheeky, comic, cartoon, goofy | de: verspielt, spielerisch, witzig, humorvoll, albern, schräg, komisch | fr: ludique, espiègle, drôle, amusant, humoristique | es: juguetón, divertida, gracioso, travieso, humorístico | it: giocoso, divertente, scherzoso, buffo | pt: brincalhão, divertida, engraçado | nl: speels, grappig, ondeugend
mood:driving 1, energy .4 | en: driving, propulsive, relentless, pulsing, pulsating, pounding, motorik, road trip, roadtrip, highway, driving rhythm, drive | de: treibend, antreibend, vorwärts, stampfend, pulsierend, autofahren, autobahn, roadtrip | fr: entraînante, pulsant, martelant, implacable, conduite, en voiture, route | es: impulsivo, pulsante, conducir, carretera, implacable | it: incalzante, pulsante, guidare, in macchina | pt: propulsivo, pulsante, dirigir, estrada | nl: stuwend, drijvend, pulserend
mood:soulful 1 | en: soulful, heartfelt, emotional, emotive, moving, expressive, deeply felt, touching, from the heart | de: gefühlvoll, seelenvoll, emotional, bewegend, rührend, ausdrucksvoll, innig | fr: émouvant, émouvante, touchant, expressif, émotionnel, plein d'âme | es: emotivo, emotiva, conmovedor, expresivo, con alma | it: emozionante, commovente, espressivo, sentito | pt: emotivo, comovente, expressivo | nl: gevoelvol, ontroerend, emotioneel
mood:gentle 1, energy -.5 | en: gentle, tender, delicate, sweet, soft and gentle, fragile, tenderly, gently, caressing | de: sanft, zart, zärtlich, behutsam, lieblich, süß, zerbrechlich | fr: doux, douce, tendre, délicat, délicate, fragile | es: suave, tierno, tierna, delicado, delicada, dulce, frágil | it: dolce, delicato, delicata, tenero, soave | pt: suave, terno, delicado, doce | nl: teder, zachtaardig, lieflijk, fijn
mood:spacious 1, energy -.3 | en: spacious, atmospheric, airy, vast, spacey, cosmic, expansive, wide open, soundscape, celestial, reverberant, immersive, glacial | de: weit, weitläufig, atmosphärisch, sphärisch, kosmisch, luftig, stimmungsvoll | fr: spacieux, atmosphérique, aérien, cosmique, vaste, ambiant | es: espacioso, atmosférico, etérea, cósmico, amplio | it: spazioso, atmosferico, arioso, cosmico | pt: espaçoso, atmosférico, cósmico | nl: ruimtelijk, sfeervol, atmosferisch
mood:elegant 1 | en: elegant, graceful, sophisticated, refined, classy, stylish, noble, stately, polished, dinner, dinner party | de: elegant, anmutig, raffiniert, edel, stilvoll, vornehm, abendessen | fr: élégant, élégante, raffiné, gracieux, noble, dîner | es: elegante, refinado, sofisticado, noble, cena | it: elegante, raffinato, nobile, cena | pt: elegante, refinado, sofisticado, jantar | nl: elegant, verfijnd, sierlijk
mood:restless 1, energy .3 | en: restless, fidgety, jittery, turbulent, stormy mood, feverish, impatient, manic | de: rastlos, ruhelos, getrieben, aufgewühlt, stürmisch | fr: agité, agitée, turbulent, fébrile | es: inquieto, inquieta, agitado, turbulento | it: irrequieto, inquieto, agitato, turbolento | pt: inquieto, inquieta, turbulento | nl: rusteloos, onrustig
mood:mysterious 1, mood:dark .4 | en: mysterious, enigmatic, mystical, mystic, magical, occult, arcane, otherworldly, strange, weird | de: geheimnisvoll, mysteriös, rätselhaft, mystisch, magisch, seltsam | fr: mystérieux, mystérieuse, énigmatique, mystique, magique, étrange | es: misterioso, misteriosa, enigmático, místico, mágico, extraño | it: misterioso, enigmatico, mistico, magico, strano | pt: misterioso, enigmático, místico, mágico | nl: mysterieus, geheimzinnig, mystiek
sound:piano 1 | en: piano, pianist, pianos, grand piano, keys, piano music | de: klavier, klaviermusik, pianist, flügel | fr: piano, pianiste | es: piano, pianista | it: pianoforte | pt: piano | nl: pianomuziek, vleugel
sound:guitar 1 | en: guitar, guitars, guitarist, fingerpicking, strumming, riffs | de: gitarre, gitarren, gitarrenmusik | fr: guitare, guitares | es: guitarra, guitarras | it: chitarra, chitarre | pt: guitarra, violão | nl: gitaar, gitaren
sound:strings 1 | en: strings, violin, violins, cello, viola, fiddle, string section | de: streicher, geige, geigen, violine, bratsche, cello | fr: violon, violons, violoncelle, cordes, alto | es: violín, violines, violonchelo, cuerdas | it: violino, violini, violoncello, archi | pt: violino, violoncelo, cordas | nl: viool, violen, strijkers, cello
sound:brass 1 | en: brass, horns, trumpet, trumpets, trombone, tuba, brass band, horn section | de: bläser, blechbläser, trompete, posaune, blasmusik, horn | fr: cuivres, trompette, trombone, fanfare | es: metales, trompeta, trombón | it: ottoni, tromba, trombone | pt: metais, trompete, trombone | nl: koperblazers, trompet, trombone
sound:saxophone 1 | en: saxophone, sax, saxophones, saxophonist, tenor sax | de: saxophon, saxofon | fr: saxo, saxophoniste | es: saxofón, saxofon, saxo | it: sassofono, sax | pt: saxofone | nl: saxofoon
sound:woodwind 1 | en: flute, clarinet, oboe, woodwind, woodwinds, recorder, bassoon, pan flute | de: flöte, klarinette, oboe, holzbläser, fagott | fr: flûte, clarinette, hautbois, bois instruments | es: flauta, clarinete, oboe | it: flauto, clarinetto, oboe | pt: flauta, clarinete | nl: fluit, klarinet, hobo
sound:organ 1 | en: organ, hammond, church organ, organist | de: orgel, hammondorgel, kirchenorgel | fr: orgue, orgues | es: órgano | it: organo | pt: órgão | nl: orgel, kerkorgel
sound:synthesizer 1, genre:synthpop .6, genre:electronic .4 | en: synth, synths, synthesizer, synthesizers, synthesiser, synthesisers, moog, analog synth, keyboards | de: synthesizer, synthie, synthies, keyboard | fr: synthé, synthés, synthétiseur, claviers | es: sintetizador, sintetizadores, teclados | it: sintetizzatore, sintetizzatori, tastiere | pt: sintetizador, teclados | nl: synthesizers, toetsen
sound:percussion 1, density .2 | en: drums, drum, drummer, percussion, beats, beat, percussive, bongos, congas, drumming | de: schlagzeug, trommeln, trommel, perkussion, beats | fr: batterie, percussions, percussion, tambours | es: batería, percusión, tambores | it: batteria, percussioni, tamburi | pt: bateria, percussão, tambores | nl: drums, slagwerk, trommels
sound:choir 1, sound:voice .5 | en: choir, choirs, chorus, choral, a cappella, acapella, harmonies | de: chor, chöre, chorgesang, mehrstimmig | fr: choeur, chorale, choeurs | es: coro, coros, coral | it: coro, cori, corale | pt: coro, coral | nl: koor, koren
sound:accordion 1 | en: accordion, bandoneon, concertina, squeezebox | de: akkordeon, ziehharmonika, schifferklavier | fr: accordéon | es: acordeón, bandoneón | it: fisarmonica | pt: acordeão, sanfona | nl: accordeon
sound:harp 1 | en: harp, harps, harpist, kora, lyre | de: harfe, leier | fr: harpe | es: arpa | it: arpa | pt: harpa | nl: harp
sound:bass 1, brightness -.3 | en: bass heavy, bass, sub bass, bassline heavy, deep basslines | de: bass, bässe, tiefer bass | fr: basse, basses | es: bajo, bajos | it: basso, bassi | pt: baixo, graves | nl: bas, bassen
mood:relaxed .5, mood:sad .3, mood:warm .2, energy -.4 | en: *rain, *rainy, *raining, rainy day, rainy days, drizzle, rain outside | de: *regen, regnerisch, regentag, regentage | fr: *pluie, pluvieux, jour de pluie | es: *lluvia, lluvioso, día de lluvia | it: *pioggia, piovoso | pt: *chuva, chuvoso | nl: *regen, regenachtig
mood:happy .6, brightness .4, energy .3 | en: *summer, summery, summertime, *beach, holiday, vacation, *sunshine, sun, barbecue, pool party | de: *sommer, sommerlich, strand, urlaub, sonne, sonnenschein, grillen | fr: *été, estival, plage, vacances, soleil | es: *verano, veraniego, playa, vacaciones, sol | it: *estate, estivo, spiaggia, vacanze, sole | pt: *verão, praia, férias | nl: *zomer, zomers, strand, vakantie, zon
mood:warm .6, mood:relaxed .4, energy -.3 | en: *winter, wintry, snow, snowy, *autumn, fall evening, autumnal, cabin | de: *winter, winterlich, schnee, *herbst, herbstlich | fr: *hiver, neige, *automne | es: *invierno, nieve, *otoño | it: *inverno, neve, *autunno | pt: *inverno, neve, *outono | nl: *winters, sneeuw, *herfst
mood:relaxed .6, mood:gentle .3, energy -.3 | en: *morning, breakfast, coffee, waking up, *sunday, lazy sunday, tea, brunch, cafe, coffeehouse, wake up | de: *morgen, morgens, frühstück, kaffee, *sonntag, tee, aufwachen | fr: *matin, petit déjeuner, café, *dimanche, thé | es: *mañana, desayuno, *domingo, té | it: *mattina, colazione, caffè, *domenica, tè | pt: *manhã, café da manhã, *domingo, chá | nl: *ochtend, ontbijt, koffie, *zondag, thee
mood:happy .3, energy .4, mood:party .3 | en: *saturday night, *friday night, pre party, going out, pregame, cocktail party | de: *samstagabend, *freitagabend, ausgehen, vorglühen | fr: *samedi soir, *vendredi soir, apéro | es: *sábado noche, *viernes noche, de copas | it: *sabato sera, *venerdì sera, aperitivo | pt: *sexta à noite | nl: *zaterdagavond, borrel
energy .3, mood:happy .3 | en: cleaning, cooking, housework, chores, kitchen | de: putzen, kochen, hausarbeit, küche | fr: ménage, cuisiner, cuisine | es: limpiar, cocinar, cocina | it: pulire, cucinare, cucina | pt: limpar, cozinhar, cozinha | nl: schoonmaken, koken, keuken
"""

# Words that shape what follows.
NOT = frozenset(
    "not no without never non nicht kein keine keinen keiner ohne nie sans pas ni sin nunca senza sem nao "
    "niet geen zonder except excluding minus isnt isn dont don aint hardly ausser sauf salvo menos excepto".split()
)
TOO = frozenset("too overly zu allzu trop demasiado muy troppo demais te so".split())
VERY = frozenset(
    "very really super extremely so insanely totally absolutely sehr richtig total echt extrem besonders "
    "tres vraiment extremement hyper muy realmente sumamente molto davvero muito bem heel erg zeer".split()
)
SLIGHTLY = frozenset(
    "slightly somewhat bit little rather fairly kinda etwas leicht bisschen ziemlich eher peu legerement "
    "plutot poco algo bastante ligeramente abbastanza pouco beetje enigszins".split()
)
BUT = frozenset("but aber sondern mais pero sino ma mas maar yet however".split())
OR = frozenset("or and oder und ou et o y e of en nor noch ni".split())
# Words that say nothing of the music.
EMPTY = frozenset(
    "a an the some any something anything music song songs track tracks tune tunes sound sounds sounding "
    "piece pieces stuff for to from of in on at with by and or me my i im we our you your it its this that "
    "these those is are be like as about around play please give want need find show list playlist mix let "
    "lets that s t d l m re ve while when where who which what good great best nice all more most lots lot "
    "feel feeling mood vibe vibes kind type style sort old-fashioned time times day days afternoon where "
    "through up down out into over listen listening hear hearing day today tonight just only also but "
    "musik lied lieder stuck stucke titel song die der das den dem des ein eine einen einem einer und oder "
    "mit fur zum zur zu im in aus auf bei von vom am an es ist sind ich mir mich wir uns was etwas wie so "
    "bitte spiel spiele gib zeig alle alles mehr mal heute tag nachmittag stimmung art gute guten aber auch "
    "musique chanson chansons morceau morceaux titre titres le la les un une des du de d l et ou pour avec "
    "dans sur en au aux a quelque chose je moi nous c est ce cette ces qui que quoi mon ma mes jour apres "
    "midi tout tous plus tres bonne bon ambiance genre joue mets faire "
    "musica cancion canciones tema temas pista pistas el la los las un una unos unas del de y o u para con "
    "por en al lo que es son como mi mis yo me algo dia tarde todo todos mas muy buena bueno anos ano "
    "canzone canzoni brano brani il lo gli i le di da per con su tra e che mio qualcosa giorno anni "
    "musicas cancao cancoes faixa do da dos das no na nos nas em um uma com para e ou "
    "muziek nummer nummers liedje liedjes de het een van voor met op en of te ik mij wat iets dag middag".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase says: (dimension, weight) pairs; `name` when it may be a name as well."""

    phrase: str
    directions: tuple[tuple[str, float], ...]
    name: bool = False


_ENDINGS = ("es", "en", "er", "em", "as", "os", "s", "e", "o", "a", "n", "i")
SHORTEST_STEM = 4


def stem(word: str) -> str:
    """A word without the endings of gender, number and case. Only for words of feelings, never for names."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    return word[:-1] if word[-2:-1] == word[-1:] and len(word) > SHORTEST_STEM else word  # "snelle", "snel"


def _read() -> dict[str, Sense]:
    found: dict[str, Sense] = {}
    for row in _TABLE.strip().splitlines():
        spec, *languages = row.split(" | ")
        directions = tuple((part.split()[0], float(part.split()[1])) for part in spec.split(", "))
        for words in languages:
            for phrase in words.split(": ", 1)[1].split(", "):
                folded = fold(phrase)
                found.setdefault(folded, Sense(folded, directions, phrase.startswith("*")))
    return found


SENSES = _read()
STEMS = {
    key: sense
    for phrase, sense in sorted(SENSES.items(), reverse=True)
    if (key := " ".join(stem(word) for word in phrase.split()))
}
LONGEST = max(len(phrase.split()) for phrase in SENSES)


def sense_of(folded: str) -> Sense | None:
    """What a folded word or phrase says exactly as listed."""
    return SENSES.get(folded)


def like_sense_of(folded: str) -> Sense | None:
    """What it says with other endings, or before "-musik" ("Tanzmusik")."""
    found = STEMS.get(" ".join(stem(word) for word in folded.split()))
    if found is None and " " not in folded and folded.endswith("musik") and len(folded) > 8:
        bare = folded.removesuffix("musik")
        return sense_of(bare) or like_sense_of(bare)
    return found

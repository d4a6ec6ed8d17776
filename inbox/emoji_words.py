"""German words for the emoji people look for most."""

from __future__ import annotations

_WORDS = """
😀 lachen grinsen freude
😁 grinsen strahlen
😂 tränen lachen lustig
😃 lachen freude
😄 lachen freude
😅 schweiß puh erleichtert
😆 lachen
😇 engel unschuldig
😉 zwinkern
😊 lächeln freundlich danke
😋 lecker
😌 erleichtert zufrieden
😍 verliebt herz augen
😎 cool sonnenbrille
😏 schmunzeln
😐 neutral
😔 traurig nachdenklich
😕 verwirrt unsicher
😘 kuss
😜 zunge frech
😞 enttäuscht
😟 besorgt
😠 ärger wütend
😡 wütend zorn
😢 weinen traurig
😤 schnauben
😩 müde erschöpft
😬 peinlich zähne
😭 heulen weinen
😮 erstaunt oh
😱 schreien entsetzt
😳 verlegen rot
😴 schlafen müde
😷 krank maske
🙁 traurig
🙂 lächeln
🙃 kopfüber ironie
🙄 augenrollen
🙏 danke bitte beten
🙈 affe nichts sehen
🙌 jubel hurra
🙋 melden hand
🙇 verbeugen entschuldigung
🤔 nachdenken überlegen
🤗 umarmung
🤝 handschlag einverstanden
🤞 daumen drücken
🤦 hand vor kopf
🤣 kaputtlachen
🤩 begeistert
🤒 krank fieber
🤷 achselzucken keine ahnung
🥰 verliebt herzen
🥳 feier party
🥺 bitte flehen
👋 winken hallo tschüss
👌 perfekt okay
👍 daumen hoch gut ja
👎 daumen runter schlecht nein
👏 klatschen applaus bravo
👀 augen schauen
👇 unten hier
👆 oben
👉 rechts
👈 links
💪 stark kraft muskel
✌ frieden sieg
☝ zeigefinger achtung
✊ faust
❤ herz liebe
💔 gebrochenes herz
💕 herzen
💖 funkelndes herz
💚 grünes herz
💙 blaues herz
💛 gelbes herz
💜 lila herz
🧡 orange herz
🖤 schwarzes herz
💯 hundert perfekt
💥 knall
💤 schlaf
💡 idee glühbirne licht
🎉 feier glückwunsch konfetti
🎊 konfetti
🎁 geschenk
🎂 geburtstag torte kuchen
🎈 luftballon
🎄 weihnachten baum
🎃 halloween kürbis
🎵 musik note
🏆 pokal gewinner
⚽ fußball
☀ sonne
☁ wolke
⭐ stern
🌟 stern funkeln
🌈 regenbogen
🌧 regen
❄ schnee
🔥 feuer heiß
🌹 rose blume
🌸 blüte blume
🌻 sonnenblume
🌱 pflanze keim
🌳 baum
🍀 glück klee
🐶 hund
🐱 katze
🐭 maus
🐻 bär
🐷 schwein
🐝 biene
🦊 fuchs
🦁 löwe
🐟 fisch
🐦 vogel
☕ kaffee tee
🍕 pizza
🍔 burger
🍺 bier
🍻 prost bier
🍷 wein
🥂 sekt anstoßen
🍎 apfel
🍌 banane
🍓 erdbeere
🥐 croissant
🍞 brot
🧀 käse
🍰 kuchen
🍫 schokolade
🚗 auto
🚚 lieferung lkw
🚛 lastwagen
🚲 fahrrad
🚆 zug bahn
🚌 bus
✈ flugzeug
🚀 rakete
🏠 haus zuhause
🏢 büro
🏥 krankenhaus
🏨 hotel
📦 paket lieferung
📞 telefon hörer anruf
☎ telefon
📱 handy
💻 laptop computer
📧 e-mail
✉ brief
📩 nachricht
📅 kalender termin datum
📆 kalender
📍 ort nadel
📌 reißzwecke wichtig
📎 büroklammer anhang
📝 notiz schreiben
📷 kamera foto
📸 foto blitz
📄 dokument seite
📋 liste
📈 steigend diagramm
📉 fallend
💰 geld
💶 euro geld
💳 karte bezahlen
🔑 schlüssel
🔒 schloss sicher
🔔 glocke
🔍 suche lupe
🔗 link verbindung
🔧 werkzeug reparatur
🔨 hammer
🛒 einkauf warenkorb
🛋 sofa couch möbel
🪑 stuhl möbel
🛏 bett
⌛ sanduhr warten
⌚ uhr
⏰ wecker
✅ erledigt haken ja
✔ haken
❌ nein falsch kreuz
❓ frage
❗ wichtig achtung
⚠ warnung achtung
✨ funkeln neu
♻ recycling
➡ pfeil rechts
⬅ pfeil links
🚫 verboten
DE deutschland
AT österreich
CH schweiz
LI liechtenstein
LU luxemburg
EU europa
FR frankreich
BE belgien
NL niederlande
DK dänemark
PL polen
CZ tschechien
IT italien
ES spanien
PT portugal
GB großbritannien
TR türkei
UA ukraine
US amerika usa
"""

GERMAN: dict[str, str] = {
    line.partition(" ")[0]: line.partition(" ")[2] for line in _WORDS.strip().split("\n")
}

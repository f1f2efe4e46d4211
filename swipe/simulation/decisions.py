"""What the demo's municipality decided where a survey is over: made up like all of the demo."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from swipe.db import db
from swipe.insight.reading import document_of
from swipe.outreach import deciding
from swipe.outreach.decision_rules import DecisionValues
from swipe.surveys.models import Card, Survey


class Act(NamedTuple):
    """One made-up decision: how far it is, the motif it is about, and its text by language."""

    state: str
    motif: str
    texts: dict[str, str]


ACTS = (
    Act(
        "started",
        "aabent-vaerksted",
        {
            "da": "Den gamle skole får et åbent værksted. Vi er i gang med gulv og lys. "
            "Det koster 600.000 kr. fra områdets pulje.",
            "en": "The old school is getting an open workshop. We are working on the floor and "
            "the lights. It costs DKK 600,000 from the area's fund.",
            "de": "Die alte Schule bekommt eine offene Werkstatt. Wir arbeiten am Boden und am "
            "Licht. Das kostet 600.000 Kronen aus dem Topf für das Gebiet.",
            "ar": "ستحصل المدرسة القديمة على ورشة مفتوحة للجميع. نعمل الآن على الأرضية والإضاءة. "
            "التكلفة 600,000 كرونة من ميزانية المنطقة.",
            "uk": "У старій школі буде відкрита майстерня. Ми вже робимо підлогу і світло. "
            "Це коштує 600 000 крон із фонду району.",
            "pl": "W starej szkole powstaje otwarta pracownia. Robimy już podłogę i światło. "
            "Koszt to 600 000 koron z puli dla okolicy.",
            "tr": "Eski okulda herkese açık bir atölye kuruluyor. Zemin ve ışıklar üzerinde "
            "çalışıyoruz. Bölgenin bütçesinden 600.000 krona mal oluyor.",
            "so": "Dugsigii hore waxaa laga samaynayaa goob farsamo oo furan. Waxaan ka "
            "shaqaynaynaa dhulka iyo laydhka. Waxay ku kacaysaa 600.000 oo kr. oo ka mid ah "
            "lacagta deegaanka.",
        },
    ),
    Act(
        "decided",
        "vilde-blomster",
        {
            "da": "Vi sår vilde blomster langs vejen til foråret. Naboerne vælger, hvor vi "
            "begynder.",
            "en": "We will sow wild flowers along the road in spring. The neighbours choose where "
            "we start.",
            "de": "Im Frühling säen wir wilde Blumen an der Straße. Die Nachbarn wählen, wo wir "
            "anfangen.",
            "ar": "سنزرع زهورا برية على جانب الطريق في الربيع. يختار الجيران من أين نبدأ.",
            "uk": "Навесні ми посіємо польові квіти вздовж дороги. Сусіди оберуть, де почати.",
            "pl": "Wiosną posiejemy dzikie kwiaty przy drodze. Sąsiedzi wybiorą, gdzie zaczniemy.",
            "tr": "İlkbaharda yol kenarına kır çiçekleri ekeceğiz. Nereden başlayacağımızı "
            "komşular seçecek.",
            "so": "Guga waxaan jidka dhiniciisa ku beeri doonnaa ubax duureed. Deriska ayaa "
            "dooranaya meesha aan ka bilaabayno.",
        },
    ),
    Act(
        "rejected",
        "skatepark",
        {
            "da": "Der kommer ikke en skatepark i denne omgang. Puljen rækker ikke til den. "
            "Vi ser på det igen om to år.",
            "en": "There will be no skate park this time. The fund is not big enough. "
            "We will look at it again in two years.",
            "de": "Diesmal gibt es keinen Skatepark. Das Geld reicht nicht. "
            "In zwei Jahren prüfen wir es noch einmal.",
            "ar": "لن تكون هناك ساحة تزلج هذه المرة. الميزانية لا تكفي. سننظر في الأمر بعد سنتين.",
            "uk": "Цього разу скейтпарку не буде. Грошей фонду не вистачає. "
            "Ми повернемося до цього за два роки.",
            "pl": "Tym razem nie będzie skateparku. Pula na to nie wystarczy. "
            "Wrócimy do tego za dwa lata.",
            "tr": "Bu sefer kaykay parkı olmayacak. Bütçe yetmiyor. İki yıl sonra yeniden "
            "bakacağız.",
            "so": "Markan ma jiri doono goob skate. Lacagtu kuma filna. "
            "Laba sano kadib ayaan mar kale eegi doonnaa.",
        },
    ),
)


def decide(survey: Survey, now: datetime) -> None:
    """Write down and publish what was decided after a survey, about the motifs it has."""
    document = document_of(survey.id)
    cards = select(Card).where(Card.survey == survey.id)
    by_motif = {card.concept: card for card in db.session.scalars(cards)}
    for act in ACTS:
        card = by_motif.get(act.motif)
        values = DecisionValues(
            texts={code: act.texts[code] for code in survey.languages if code in act.texts},
            state=act.state,
            decided_on=survey.decided_on,
            themes=[card.theme] if card else [],
            cards=[str(card.id)] if card else [],
            snapshot=document["snapshot"]["number"] if document else None,
        )
        deciding.publish(deciding.write(survey.id, values, now).id)

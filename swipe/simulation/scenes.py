"""Pure: the demo city as a table, which area stands where and how many people took part."""

from typing import NamedTuple


class Scene(NamedTuple):
    """One area of the demo: state of its survey, valid people, wishes away from the city's."""

    area: str
    state: str  # open, coming, closed, former (a round a year ago), draft, none
    people: int = 0
    wishes: tuple[float, float, float] = (0.0, 0.0, 0.0)  # foreningsliv, grønne områder, byliv


THEMES = ("foreningsliv", "groenne-omraader", "byliv")
WISHES = (0.3, 0.8, 0.4)
AGE_SHIFT = {"foreningsliv": -0.4, "groenne-omraader": 0.4, "byliv": -1.4}
CHANNELS = (("plakat", "Plakat i området", 0.45), ("brev", "Brev", 0.35), ("skole", "Skole", 0.2))

SCENES = (
    Scene("bolbro", "open", 1205, (0.1, 0.25, -0.2)),
    Scene("korsloekke-kragsbjerg", "open", 880, (-0.1, 0.1, 0.3)),
    Scene("bymidten-vesterbro", "open", 812, (-0.4, 0.2, 0.7)),
    Scene("skibhuskvarteret-havnen", "open", 645, (-0.2, -0.1, 0.5)),
    Scene("hoejby-lindved-allerup", "open", 574, (0.6, -0.1, -0.6)),
    Scene("holluf-pile-tornbjerg", "open", 498, (0.2, 0.1, -0.3)),
    Scene("dalum-dalumskolen", "open", 431, (0.3, -0.2, 0.1)),
    Scene("risingkvarteret-oesterbro", "open", 386, (0.0, -0.1, 0.35)),
    Scene("naesby", "open", 322, (0.4, 0.0, -0.2)),
    Scene("sanderum", "open", 287, (0.55, -0.05, -0.3)),
    Scene("tarup", "open", 241, (0.1, 0.2, -0.1)),
    Scene("bellinge-braendekilde", "open", 198, (0.5, 0.05, -0.6)),
    Scene("hunderup", "open", 163, (-0.3, 0.4, 0.1)),
    Scene("seden-aasum", "open", 138, (0.35, 0.2, -0.5)),
    Scene("paarup-villestofte", "open", 117, (0.1, 0.0, -0.2)),
    Scene("agedrup-bullerup", "open", 102, (0.45, -0.1, -0.4)),
    Scene("soehus", "open", 86, (0.2, 0.3, -0.3)),
    Scene("korup", "open", 71, (0.5, -0.2, -0.4)),
    Scene("ubberud", "open", 58, (0.4, 0.1, -0.5)),
    Scene("hoejme-dyrup", "open", 47, (0.2, 0.2, -0.2)),
    Scene("stige", "open", 39, (0.3, 0.1, -0.3)),
    Scene("naesby-kirkendrup", "open", 33, (0.2, 0.0, -0.1)),
    Scene("skt-klemens-stenloese-fangel", "open", 24, (0.3, 0.1, -0.4)),
    Scene("aaloekke-havnen", "open", 12, (-0.1, 0.0, 0.5)),
    Scene("naesbyhoved-broby-allesoe", "coming"),
    Scene("lumby", "closed", 264, (0.7, 0.0, -0.8)),
    Scene("rosengaardskolen", "draft"),
    Scene("dalum-tingloekkeskolen", "none"),
)
# The round before, where an area has had one: two rounds can be held beside each other.
FORMER = (Scene("korsloekke-kragsbjerg", "former", 610, (-0.35, 0.1, 0.0)),)

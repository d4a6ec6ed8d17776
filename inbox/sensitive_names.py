"""Names of labels that tell something the law protects specially (GDPR, article 9).

Pure. It errs towards asking: a word too many costs a click, a word too few somebody's secret.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from itertools import pairwise


class Kind(enum.StrEnum):
    HEALTH = "health"
    RELIGION = "religion"
    POLITICS = "politics"
    SEXUAL_LIFE = "sexual life"
    ORIGIN = "origin"
    TRADE_UNION = "trade union"


# German and English: a whole word, "beginning*", or "*anywhere*" in a word. Small letters,
# umlauts written out, accents left away.
_WORDS: dict[Kind, str] = {
    Kind.HEALTH: """
        krank* *krankheit* *erkrank* gesund *gesundheit* *behinder* rollstuhl* schwanger*
        diagnos* medikament* allerg* *diabet* krebs tumor* onkolog* *depress* psych* *therap*
        patient patienten patientin sucht suechtig* *alkoholi* drogen* *demenz* dement* infekt*
        corona* covid* hiv aids epilep* autis* adhs operiert pflegegrad* pflegestufe* attest*
        symptom* blind blinde gehoerlos* taub chronisch* burnout* *impfung* *geimpft* migraene*
        asthma* arzt aerztlich*
        ill illness* sick sickness* health* *disab* handicap* *pregnan* medical medicine*
        medication* disease* disorder* cancer* mental* addict* alcohol* wheelchair* deaf
        surgery vaccin* *vaccinated* chronic* injured doctor
    """,
    Kind.RELIGION: """
        *religi* konfession* glaeubig* muslim* moslem* islam* juedisch* jude juden juedin jewish
        jew jews christlich* christ christen christian christians katholi* *evangeli*
        protestant* orthodox* buddhis* hindu* atheis* kirche kirchen* koscher* kosher* halal*
        ramadan* jehova* sekte catholic* church* faith mosque* moschee* synagog*
    """,
    Kind.POLITICS: """
        *politi* partei parteien *parteimitglied* *parteibuch* gruene gruener linke linker
        *rechtsradikal* *linksradikal* *rechtsextrem* *linksextrem* querdenk* *sozialist*
        kommunis* konservativ* aktivist* demonstrant* afd cdu csu spd fdp bsw npd
        reichsbuerger* waehler waehlerin
        republican* democrat* liberal liberals tory *socialist* communis* conservative*
        activist* extremis* leftwing rightwing voter
    """,
    Kind.SEXUAL_LIFE: """
        *sexual* sexuell* *sexuell* sex schwul* lesbe lesben lesbisch* queer* trans transfrau
        transmann transgender* nonbinary nichtbinaer* divers lgbt* fetisch* fetish* gay lesbian*
        hetero* bdsm erotik*
    """,
    Kind.ORIGIN: """
        herkunft* abstammung* *ethni* rasse hautfarbe* *migrant* *migration* *fluechtling*
        asyl* gefluechtet* auslaender* *nationalitaet* staatsangehoerig* staatsbuerger* roma
        sinti
        ethnic* race racial nationality refugee* asylum* *immigrant* foreigner* skincolour
        skincolor
    """,
    Kind.TRADE_UNION: """
        *gewerkschaft* betriebsrat* betriebsraet* streikend* verdi igmetall igbce
        union tradeunion* tradesunion* workscouncil* labourunion* laborunion*
    """,
}
_LETTERS = re.compile(r"[a-z0-9]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def kind_of(name: str) -> Kind | None:
    """What a label of this name would tell of a person, as far as its words say."""
    for word in _words_of(name):
        for kind, patterns in _PATTERNS.items():
            if any(_fits(pattern, word) for pattern in patterns):
                return kind
    return None


def _fits(pattern: str, word: str) -> bool:
    wanted = pattern.strip("*")
    if pattern.startswith("*"):
        return wanted in word
    return word.startswith(wanted) if pattern.endswith("*") else word == wanted


def _words_of(name: str) -> list[str]:
    """Each word, two beside each other, and all together ("H.I.V.", "Trade union")."""
    plain = unicodedata.normalize("NFKC", name).casefold().translate(_UMLAUTS)
    # Letters with accents fall apart into the letter and its accent.
    parts = unicodedata.normalize("NFKD", plain)
    kept = "".join(part for part in parts if not unicodedata.combining(part))
    words = _LETTERS.findall(kept)
    pairs = [a + b for a, b in pairwise(words)]
    return [*words, *pairs, "".join(words)]


_PATTERNS = {kind: words.split() for kind, words in _WORDS.items()}

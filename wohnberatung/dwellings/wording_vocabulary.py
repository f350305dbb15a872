"""Of which people adverts speak, and in which turns of phrase they leave people out, in German and English.

A rule is a ground with its words; the turns are the same for all. So a new word is found in every turn, and a word
alone is never objected to: "Seniorinnen sind willkommen", "die Küche stammt von einem deutschen Hersteller".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Adjectives make people only of these: a German kitchen is nobody.
_PERSONS = (
    r"(?:famili\w+|(?:nach|unter|haupt|vor)?mieter\w*|bewerber\w*|interessent\w*|(?:ehe)?paare?n?|leuten?|mensch\w*|"
    r"person(?:en)?|haushalte?n?|bürger\w*|staats(?:bürger|angehörig)\w*|(?:mit)?bewohner\w*|nachbar\w*|student\w*|frau(?:en)?|"
    r"mann|männern?|herrn?|herren|damen?|rentner\w*|singles?|arbeiter\w*|tenants?|couples?|people|persons?|"
    r"applicants?|nationals?|citizens?|women|men|lady|ladies|households?|professionals?|renters?|flatmates?|roommates?)"
)
# What may stand between a turn and the people it is about.
_BETWEEN = (
    r"(?:an|für|von|vom|mit|bei|zu|aus|bitte|die|der|das|den|dem|eine?[nmrs]?|unsere?[nmrs]?|als|to|for|from|by|with|a|the|"
    r"please|anfragen?|bewerbung(?:en)?|bewerber\w*|zuschriften|vermietung(?:en)?|abgabe|aufnahme|mieter\w*|mitbewohner\w*|"
    r"person(?:en)?|menschen|leute|familien?|paare?n?|haushalte?n?|interessent\w*|wohnung(?:en)?|zimmer|platz|applications?|"
    r"enquiries|inquiries|tenants?|people|persons?|families|requests?|calls?|ruhige[nrs]?|nette[nrs]?|solvente[nrs]?|"
    r"seriöse[nrs]?|gepflegte[nrs]?|ordentliche[nrs]?|alleinstehende[nrs]?|berufstätige[nrs]?|junge[nrs]?|ältere[nrs]?|"
    r"weiteren?|mehr|quiet|nice|more|working)"
)
_ONLY = (
    r"(?<!nicht )(?<!not )\b(?:nur|ausschlie(?:ß|ss)lich|bevorzugt|bevorzugen(?:\s+wir)?|vorzugsweise|am\s+liebsten|"
    r"lieber|only|exclusively|preferably|prefer|strictly)"
)
_NONE = r"(?:\bkein\w*|\bno|\bnon|(?<!und )(?<!oder )\bohne|\bwithout)"
_NOT_TO = r"\b(?:nicht|not|niemals|ungern)\s+(?:suitable\s+|geeignet\s+)?(?:an|für|mit|to|for)"
_REFUSED = (
    r"(?:unerwünscht|nicht\s+(?:gern\w*\s+)?(?:erwünscht|gesehen|willkommen|gewünscht|gewollt|zugelassen|gestattet|melden|bewerben|"
    r"anfragen|schreiben|anrufen|aufnehmen|aufgenommen|nehmen|berücksichtig\w*|einziehen|akzeptier\w*|infrage|"
    r"in\s+(?:frage|betracht|unser\w*|dieses?|das\s+haus|die\s+(?:haus)?gemeinschaft)|zu\s+uns|vermiete\w*)|"
    r"(?:vermieten|sehen|nehmen|wollen|möchten|akzeptieren)\s+wir\s+(?:\w+\s+)?nicht|bitte\s+nicht(?=\s*(?:[.!,]|$))|"
    r"bitten\s+wir\s*,?\s+(?:von|sich\s+nicht)\b[^.;!?]{0,40}?(?:abzusehen|abstand)|"
    r"ausgeschlossen|abzusehen|absehen|chancenlos|zwecklos|"
    r"keine\s+(?:chance|aussicht)|abgelehnt|lehnen\s+wir\s+ab|fehl\s+am\s+platz|verzichten|"
    r"bleiben\s+(?:\w+\s+)?(?:draußen|fern|unbeantwortet)|"
    r"not\s+(?:be\s+)?(?:welcome|accepted|allowed|considered|wanted|permitted)|unwelcome|need\s+not\s+(?:apply|enquire|write)|"
    r"(?:do\s+not|don['’]t)\s+(?:apply|contact|write|call|enquire)|(?:be\s+)?(?:rejected|excluded|turned\s+away))"
)
# Until the refusal no new noun comes, as that would be what is refused: "Senioren gern, Haustiere nicht erwünscht".
_UNTIL_REFUSED = (
    r"(?:\s+(?:(?-i:[a-zäöüß][\w'’]*)|haus(?:gemeinschaft)?|wohnung|gebäude|objekt|gemeinschaft|platzgründen|anfragen|I|"
    r"bewerbungen)){0,8}?\s+"
)
_SOUGHT = (
    r"\b(?:suchen?|sucht|gesucht(?:\s+(?:wird|werden))?|wünschen\s+uns|vermiete\w*(?:\s+\w+)?\s+an|vergeben\s+\w+\s+an|"
    r"wanted|looking\s+for|seeking|seek|rent(?:ed)?\s+to|let\s+to)"
)
_WITHIN = r"[^.;!?,]"
_DEMANDED = (
    r"(?:voraus(?:setzung|gesetzt)|bedingung|erforderlich|notwendig|nötig|pflicht|ein\s+muss|erwartet|verlangt|zwingend|erwünscht|"
    r"required|mandatory|a\s+must|essential|necessary|expected)"
)
_DEMANDS = r"\b(?:müssen|muss|soll\w*|nur|ausschließlich|erwarten|verlangen|unbedingt|only|must|should|have\s+to)"

# With one of these begins every word that makes a turn: most sentences have none and are not read at all.
TURNS = re.compile(
    r"\b(?:kein|no|ohne|without|nicht|nie|ungern|nur|aus(?:schl|ges)|bevorz|vorzug|vorrang|lieb|only|exclu|prefer|strict|"
    r"un(?:erw|wel|bed)|abge|abs|abz|chanc|zweck|lehnen|fehl|verzicht|bleib|need|do|reject|turned|suche?n?|sucht|gesucht|"
    r"wünsch|vermiet|vergeb|wanted|looking|seek|rent|let|müss|muss|soll|erwart|verlang|must|should|have|voraus|beding|"
    r"erford|notw|nöt|pflicht|ein\s+muss|zwing|erwüns|requi|mandat|essen|necess|expec|kinderlos|aged|alter|"
    r"(?:älter|jünger|older|younger)|zwisch|betw|\d\d(?:\s*|-)(?:j|y|bis|to|–|-))",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of one ground, as parts of patterns, without word borders.

    `people`: who may be left out; `kinds`: adjectives that make such people of persons; `favoured`, `favoured_kinds`:
    who is asked for where others are left out by it; `traits`: what people must have, which leaves others out;
    `keeping_for_them_is_lawful`: a home may be kept for these people (AGG § 5); `outright`: turns of this ground alone.
    """

    people: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    favoured: tuple[str, ...] = ()
    favoured_kinds: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    keeping_for_them_is_lawful: bool = False
    outright: tuple[str, ...] = ()

    def turns(self) -> Iterator[str]:
        """Every turn of phrase with these words, as patterns."""
        yield from self.outright
        left_out, favoured = _people(self.people, self.kinds), _people(self.favoured, self.favoured_kinds)
        if left_out:
            some = rf"\b(?:{'|'.join(left_out)})\b"
            yield rf"{_NONE}\s+(?:{_BETWEEN}\s+){{0,3}}{some}"
            yield rf"{_NOT_TO}\s+(?:{_BETWEEN}\s+){{0,2}}{some}"
            yield rf"{some}{_UNTIL_REFUSED}{_REFUSED}"
        if wished := "|".join(favoured if self.keeping_for_them_is_lawful else (*left_out, *favoured)):
            yield rf"{_ONLY}\s+(?:{_BETWEEN}\s+){{0,3}}\b(?:{wished})\b"
            yield rf"\b(?:{wished})\s+(?:only|preferred|bevorzugt|werden\s+bevorzugt|haben\s+(?:den\s+)?vorrang)\b"
        if sought := "|".join((*favoured, *self.traits)):
            yield rf"{_SOUGHT}\b{_WITHIN}{{0,40}}?\b(?:{sought})\b"
            yield rf"\b(?:{sought})\b{_WITHIN}{{0,15}}\s(?:gesucht|wanted)\b"
        if demanded := "|".join(self.traits):
            yield rf"\b(?:{demanded})\b{_WITHIN}{{0,40}}?\b{_DEMANDED}\b"
            yield rf"{_DEMANDS}\b{_WITHIN}{{0,50}}?\b(?:{demanded})\b"
            yield rf"\b(?:{demanded})\s+only\b"
            yield rf"\bohne\s+(?:{demanded})\b{_UNTIL_REFUSED}{_REFUSED}"


def _people(nouns: tuple[str, ...], kinds: tuple[str, ...]) -> tuple[str, ...]:
    return (*nouns, *((rf"(?:{'|'.join(kinds)})\s+{_PERSONS}",) if kinds else ()))


# An adjective of which German makes a noun ("Deutsche"): no noun follows it.
def _noun_of(stem: str) -> str:
    return rf"{stem}e[nrm]?\b(?!\s+(?-i:[A-ZÄÖÜ]))"


_LANDS = (
    r"(?:afrika|asien|arabien|osteuropa|südosteuropa|syrien|der\s+türkei|afghanistan|der\s+ukraine|polen|rumänien|bulgarien|"
    r"russland|indien|vietnam|dem\s+(?:ausland|nahen\s+osten)|anderen\s+(?:ländern|kulturen|kulturkreisen)|africa|asia|abroad|"
    r"other\s+countries|the\s+middle\s+east|eastern\s+europe)"
)
ORIGIN_WORDS = Words(
    people=(
        r"ausländer\w*|auslaender\w*|im?migrant\w*|migrant\w*|zuwander\w+|zugewander\w+|einwander\w+|flüchtling\w*|"
        r"geflüchtet\w*|geflohene\w*|asyl\w+|türk(?:e|en|in|innen)|araber\w*|afrikaner\w*|asiat\w+|orientale\w*|"
        r"(?:süd)?osteuropäer\w*|südländer\w*|russ(?:e|en|in|innen)|ukrainer\w*|pol(?:e|en|in|innen)|rumän(?:e|en|in|innen)|"
        r"bulgar(?:e|en|in|innen)|syrer\w*|afghan(?:e|en|in|innen)|irak(?:er\w*|is)|iraner\w*|vietnames(?:e|en|in|innen)|"
        r"chines(?:e|en|in|innen)|inder(?:n|in|innen)?|roma|sinti\w*|zigeuner\w*|dunkelhäutig\w*|nicht-?deutsche[nr]?|"
        r"migrationshintergrund",
        *map(_noun_of, ("schwarz", "farbig", "ausländisch", "fremd")),
        rf"(?:{_PERSONS}|mietern?)\s+(?:aus|from)\s+{_LANDS}",
        r"foreigners?|immigrants?|refugees?|asylum\s+seekers?|arabs?|africans?|turks?|syrians?|indians?|eastern\s+europeans?|"
        r"gyps(?:y|ies)|blacks?|people\s+of\s+colou?r|non-?germans?",
    ),
    kinds=(
        r"ausländisch\w*|fremdländisch\w*|türkisch\w*|arabisch\w*|afrikanisch\w*|asiatisch\w*|(?:süd)?osteuropäisch\w*|"
        r"südländisch\w*|russisch\w*|ukrainisch\w*|polnisch\w*|rumänisch\w*|bulgarisch\w*|syrisch\w*|afghanisch\w*|"
        r"vietnamesisch\w*|chinesisch\w*|indisch\w*|schwarze\w*|farbige\w*|dunkelhäutig\w*|nicht-?deutsche\w*|geflüchtete\w*|"
        r"zugewanderte\w*|foreign|arab|african|asian|black|turkish|syrian|indian|refugee|immigrant|non-?german",
    ),
    favoured=(
        _noun_of("deutsch"),
        _noun_of("weiß"),
        _noun_of("einheimisch"),
        r"biodeutsch\w*|germans?|europeans?|eu-?bürger\w*|eu\s+citizens?|europäer\w*",
        r"ohne\s+migrationshintergrund",
    ),
    favoured_kinds=(r"(?:bio)?deutsch\w*|einheimisch\w*|weiße\w*|(?:west|mittel)?europäisch\w*|german|white|european",),
    traits=(
        r"deutsche[nrsm]?\s+(?:pass|reisepass|staatsbürgerschaft|staatsangehörigkeit|herkunft|abstammung|wurzeln)|"
        r"german\s+(?:passport|nationality|citizenship|origin|descent)",
    ),
    outright=(
        rf"{_ONLY}\s+(?:\w+\s+){{0,2}}deutsche[nrsm]?\s+(?:pass|herkunft|abstammung|staats\w+)",
        r"(?<!auch )\bdeutsche[nr]?\s+(?:mieter|familien?|paare?|ehepaare?)\b(?=\s+(?:gesucht|bevorzugt|erwünscht))",
    ),
)
RELIGION_WORDS = Words(
    people=(
        r"muslim\w*|moslem\w*|islam\w*|jude|juden|jüdin(?:nen)?|katholik\w*|protestant\w*|atheist\w*|buddhist\w*|hindus?|sikhs?|"
        r"(?:un)?gläubige[nr]?|konfessionslose[nr]?|zeugen\s+jehovas|kopft[uü]ch\w*|christ(?:en|in|innen)?|jews?|christians?|"
        r"catholics?|headscar(?:f|ves)|hijabs?",
    ),
    kinds=(
        r"muslimisch\w*|moslemisch\w*|islamisch\w*|jüdisch\w*|katholisch\w*|evangelisch\w*|(?:streng\s?)?gläubig\w*|religiös\w*|"
        r"hinduistisch\w*|buddhistisch\w*|konfessionslos\w*|muslim|jewish|catholic|religious|hindu",
    ),
    favoured=(r"christ(?:en|in|innen)|kirchenmitglied\w*|christians?",),
    favoured_kinds=(
        r"christlich\w*|katholisch\w*|evangelisch\w*|gläubig\w*|konfessionslos\w*|christian|catholic|religious",
    ),
    traits=(
        r"(?:evangelische[nr]?|katholische[nr]?)\s+(?:konfession|glaubens)|christliche[nrsm]?\s+(?:glauben\w*|konfession)|"
        r"(?:christian|muslim|catholic)\s+faith",
    ),
)
GENDER_WORDS = Words(
    people=(
        r"frauen|frau|männer[n]?|mann|damen?|herren|herrn|mädchen|jungs|mieterinnen|weibliche[nrs]?|männliche[nrs]?|women|woman|"
        r"men|man|ladies|females?|males?|girls?|boys|gentlemen",
    ),
    favoured=(r"frauen|männern?|damen|herren|mädchen|mieterinnen|women|men|ladies|females?|males?|girls",),
    favoured_kinds=(
        r"weibliche\w*|männliche\w*|(?:ältere|alleinstehende|ruhige|nette|seriöse|junge)[nrs]?(?=\s+(?:dame|herr|frau|mann))|"
        r"female|male|single(?=\s+(?:lady|woman|man))",
    ),
)
AGE_WORDS = Words(
    people=(
        r"senior(?:en|innen|in)?|rentner(?:n|in|innen)?|pensionär\w*|student(?:en|in|innen)|studierende[nr]?|azubis?|"
        r"auszubildende[nr]?|kinder[n]?|kind|(?:klein|schul)kinder[n]?|babys?|säuglinge?n?|jugendliche[nr]?|teenager|"
        r"[üu]-?[2-6]0(?:er|s)?|(?:famil\w+|paare?n?|eltern|alleinerziehende\w*|mieter\w*|leuten?)\s+mit\s+(?:\w+\s+)?kind(?:ern?)?|"
        r"children|kids|child|babies|pensioners?|retirees?|seniors?|elderly|students?|teenagers?|families\s+with\s+\w+",
        *map(_noun_of, ("ält(?:er)", "betagt", "hochbetagt")),
    ),
    kinds=(
        r"junge[nr]?|jüngere[nr]?|ältere[nr]?|alte[nr]?|betagte[nr]?|minderjährige[nr]?|young|younger|old|older|elderly",
    ),
    favoured=(r"berufsanfänger\w*|young\s+professionals?",),
    favoured_kinds=(r"junge[nrs]?|jüngere[nrs]?|ältere[nrs]?|kinderlose[nrs]?|young|younger|older|childless",),
    outright=(
        r"\bkinderlos\w*",
        r"\bkinder\s+(?:sind\s+)?(?:\w+\s+)?(?:unerwünscht|nicht\s+erwünscht)",
        r"\b(?:alters?\s+(?:von|zwischen)|alter\s*:|zwischen|aged?|between)\s+(?:\w+\s+)?\d\d\s*(?:und|bis|and|to|-|–)\s*\d\d"
        r"(?:\s*(?:jahren?|years?)|(?=\s+(?:gesucht|only|wanted)|[.!]|$))",
        r"\b\d\d\s*(?:-|–|bis|to)\s*\d\d(?:\s*|-)(?:jahren?|jährige\w*|years?\b)",
        r"\b(?:älter|jünger|older|younger)\s+(?:als|than)\s+\d\d\b",
        rf"\b(?:{_PERSONS}|nur|bitte|only|please)\b{_WITHIN}{{0,40}}?\b(?:bis|unter|höchstens|maximal|max\.|ab|über|"
        r"mindestens|under|over|up\s+to|at\s+least)\s+(?:zu\s+)?\d\d(?:\s*|-)(?:jahren?|jährige\w*|years?)\b"
        r"(?!\s+(?-i:[A-ZÄÖÜ]))",
    ),
)
SEXUALITY_WORDS = Words(
    people=(
        r"homosexuelle[nr]?|schwule[nr]?|lesben|lesbe|lesbische[nr]?|queere[nr]?|bisexuelle[nr]?|transsexuelle[nr]?|transgender|"
        r"trans-?(?:personen|menschen|frauen|männer)?|regenbogenfamili\w*|gays?|lesbians?|lgbt\w*|"
        r"homosexuals?|queers?",
    ),
    kinds=(
        r"homosexuelle\w*|schwule\w*|lesbische\w*|queere\w*|gleichgeschlechtliche\w*|bisexuelle\w*|transsexuelle\w*|gay|lesbian|"
        r"same-?sex|queer|homosexual|trans|transgender",
    ),
    favoured=(r"heterosexuelle[nr]?|heteros?|heterosexuals?",),
    favoured_kinds=(r"heterosexuelle\w*|hetero|straight|heterosexual",),
)
_ILL = (
    r"behinder\w+|handicap|pflegegrad\w*|pflegebedarf|rollator|rollstuhl|assistenzh\w+|einschränkung\w*|erkrankung\w*|"
    r"demenz"
)
DISABILITY_WORDS = Words(
    people=(
        r"rollstuhlfahre\w*|rollstuhlnutze\w*|(?:schwer|körper|geh|seh|geistig\s+)?behinderte[nr]?|blinde[nr]?(?:\s+mit\s+\w+)?|gehörlose[nr]?|"
        r"pflegebedürftige[nr]?|pflegefälle?n?|(?:psychisch\s+|chronisch\s+|sucht|demenz)?kranke[nr]?|depressive[nr]?|autist\w*|"
        r"assistenzhunde?n?|blinden(?:führ)?hunde?n?|wheelchair\s+users?|disabled|handicapped|guide\s+dogs?|assistance\s+dogs?",
        rf"(?:{_PERSONS}|mietern?)\s+(?:mit|im|in|with)\s+(?:\w+\s+){{0,2}}(?:{_ILL})",
        r"(?:people|tenants?|persons?|applicants?)\s+(?:with\s+(?:\w+\s+)?(?:disabilit\w+|illness\w*|conditions)|in\s+wheelchairs?)",
    ),
    kinds=(
        r"(?:geh|seh|körper)?behinderte\w*|pflegebedürftige\w*|(?:psychisch\s+)?kranke\w*|disabled|(?:mentally\s+)?ill",
    ),
    keeping_for_them_is_lawful=True,
    favoured_kinds=(r"gesunde\w*|(?:\w+\s+)?fitte\w*|rüstige\w*|nicht-?behinderte\w*|healthy|able-?bodied",),
    traits=(
        r"(?:körperlich|gesundheitlich|geistig|psychisch)\s+(?:und\s+\w+\s+)?(?:fit|gesund|belastbar)\w*|kerngesund|"
        r"(?:physically|mentally)\s+(?:fit|healthy)|able-?bodied|in\s+good\s+health",
    ),
)
_BENEFITS = r"(?:hartz|bürgergeld|jobcenter|sozialamt|grundsicherung|transferleistung|sozialleistung|arbeitslos)"
INDIRECT_WORDS = Words(
    people=(
        rf"{_BENEFITS}\w*|sozialhilfe\w*|(?:people|tenants)\s+on\s+benefits|benefits?\s+claimants?|unemployed|dss",
    ),
    favoured=(
        r"berufstätige[nr]?|working\s+people|deutschsprachige[nr]?|(?:deutsche\s+)?muttersprachler\w*|native\s+speakers?",
    ),
    favoured_kinds=(r"berufstätige\w*|deutschsprachige\w*|german-?speaking|working",),
    traits=(
        r"muttersprach\w*|(?:german\s+)?native\s+(?:german\s+)?speakers?|native\s+german|akzentfrei\w*|"
        r"(?:perfekt\w*|gut\w*|fließend\w*|einwandfrei\w*|fehlerfrei\w*|fluent|perfect|good)\s+(?:deutsch\w*|german)|"
        r"deutschkenntnisse\w*|deutsch\s+(?:sprechen|können|beherrschen)|speak\s+(?:\w+\s+)?german",
    ),
)

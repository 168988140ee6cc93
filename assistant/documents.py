"""Documents that a question names: "the guideline", "外科综述", "do the papers agree"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.model import DocumentInfo

_ALL = re.compile(
    r"各(?:家|文献|资料|个?文献)|几[份篇个](?:资料|文献|综述|文章)|[三两二四五][份篇家](?:资料|文献|综述|文章)?|不同(?:文献|资料|来源)|文献之?间"
    r"|(?:different|the|all|other|five|various) (?:papers|documents|sources|texts|reviews)|across the (?:papers|documents|sources)",
    re.IGNORECASE,
)


def named(text: str, documents: Iterable[DocumentInfo]) -> tuple[str, ...]:
    """Ids of the documents a question names, in the order of the catalogue."""
    lowered = text.lower()
    return tuple(d.id for d in documents if any(alias in lowered for alias in d.aliases))


def asks_all(text: str) -> bool:
    """Whether a question asks what each of the documents says."""
    return bool(_ALL.search(text))


_SAYING = re.compile(
    r"(?:三|两|几|各)?家|(?:分别|各自?)?(?:怎么|如何)(?:说|写|讲)|说法|是不是打架|一样吗|一致吗|(?:do they |does it )?agree|quote[ds]?|according to|acc(?:ording)? to",
    re.IGNORECASE,
)


def without_names(text: str, documents: Iterable[DocumentInfo]) -> str:
    """The question without the names of documents; as it was when nothing else is left."""
    aliases = sorted((a for d in documents for a in d.aliases), key=len, reverse=True)
    bare = re.sub("|".join(map(re.escape, aliases)), " ", text, flags=re.IGNORECASE) if aliases else text
    bare = re.sub(r"\s+", " ", _SAYING.sub(" ", _ALL.sub(" ", bare))).strip(" ，,、和与跟and")
    return bare if len(bare) >= 4 else text

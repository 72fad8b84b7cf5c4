"""Pictures in a line that other houses write as a word between colons: ":tada:" → "🎉"."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_WORD = re.compile(r":(?<![\w:/]:)([a-z0-9][a-z0-9_+-]{1,40}|[+-]1)(?::t[1-6])?:(?![\w/])")
_NAMED = (
    "tada:1f389 smile:1f604 smiley:1f603 grinning:1f600 grin:1f601 laughing:1f606 joy:1f602 rofl:1f923 wink:1f609 "
    "blush:1f60a slight_smile:1f642 slightly_smiling_face:1f642 frowning:1f626 slight_frown:1f641 cry:1f622 "
    "sob:1f62d thinking:1f914 sunglasses:1f60e heart_eyes:1f60d hugs:1f917 hugging_face:1f917 sweat_smile:1f605 "
    "upside_down:1f643 open_mouth:1f62e stuck_out_tongue:1f61b stuck_out_tongue_winking_eye:1f61c angry:1f620 "
    "confused:1f615 neutral_face:1f610 +1:1f44d thumbsup:1f44d -1:1f44e thumbsdown:1f44e ok_hand:1f44c wave:1f44b "
    "clap:1f44f pray:1f64f raised_hands:1f64c muscle:1f4aa point_right:1f449 point_left:1f448 point_up:261d "
    "point_down:1f447 heart:2764 broken_heart:1f494 fire:1f525 star:2b50 sparkles:2728 zap:26a1 boom:1f4a5 100:1f4af "
    "rocket:1f680 bulb:1f4a1 warning:26a0 white_check_mark:2705 heavy_check_mark:2714 x:274c heavy_plus_sign:2795 "
    "question:2753 exclamation:2757 no_entry:26d4 no_entry_sign:1f6ab construction:1f6a7 rotating_light:1f6a8 "
    "information_source:2139 lock:1f512 unlock:1f513 key:1f511 bell:1f514 calendar:1f4c5 date:1f4c5 memo:1f4dd "
    "pencil:1f4dd pencil2:270f book:1f4d6 books:1f4da mailbox:1f4eb email:2709 phone:260e computer:1f4bb "
    "desktop_computer:1f5a5 wrench:1f527 hammer:1f528 gear:2699 bug:1f41b beer:1f37a coffee:2615 pizza:1f355 "
    "cake:1f370 balloon:1f388 trophy:1f3c6 dart:1f3af art:1f3a8 house:1f3e0 earth_africa:1f30d globe_with_meridians:"
    "1f310 sunny:2600 cloud:2601 snowflake:2744 arrow_left:2b05 arrow_right:27a1 arrow_up:2b06 arrow_down:2b07 "
    "eyes:1f440 speech_balloon:1f4ac thought_balloon:1f4ad mag:1f50d link:1f517 paperclip:1f4ce package:1f4e6 "
    "recycle:267b checkered_flag:1f3c1 man_raising_hand:1f64b raised_hand:270b handshake:1f91d new:1f195 ok:1f197"
)


@cache
def _signs() -> dict[str, str]:
    pairs = (pair.rsplit(":", 1) for pair in _NAMED.split())
    return {name: chr(int(code, 16)) for name, code in pairs}


def with_emoji(text: str) -> str:
    """Return a text with its emoji words as the signs themselves; words that mean none stay."""
    return _WORD.sub(_sign, text) if ":" in text else text


def _sign(found: re.Match[str]) -> str:
    name = found[1]
    if sign := _signs().get(name):
        return sign
    for spoken in (name, f"{name} sign", f"{name} face"):
        try:
            sign = unicodedata.lookup(spoken.replace("_", " ").upper())
        except KeyError:
            continue
        if unicodedata.category(sign) == "So" and len(sign) == 1:
            return sign
    return found[0]

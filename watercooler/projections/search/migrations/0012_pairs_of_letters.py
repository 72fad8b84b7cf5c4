"""Scripts that put no spaces between words are found by pairs of letters: 更换水泵 as 更换, 换水, 水泵 and 泵.

The last letter stands alone too, so that a single letter is found as the beginning of a pair or of itself.
"""

from django.db import migrations

# Thai, Lao, Burmese, Khmer, kana, Chinese, Hangul; and the signs between their sentences, which PostgreSQL takes for
# letters in the locale C.
LETTERS = (
    r"\u0E01-\u0E3A\u0E40-\u0E4E\u0E80-\u0ECF\u1000-\u103F\u1780-\u17D3"
    r"\u3005-\u3007\u3041-\u309F\u30A1-\u30FA\u30FC-\u30FF\u3400-\u4DBF\u4E00-\u9FFF"
    r"\uAC00-\uD7AF\uF900-\uFAFF\uFF66-\uFF9F\U00020000-\U0003FFFF"
)
BETWEEN = (
    r"\u0E4F\u0E5A\u0E5B\u3000-\u3004\u3008-\u303F\u30A0\u30FB\uFF00-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65"
)
MAKE = f"""
create or replace function search_apart(said text) returns text language sql immutable parallel safe as $$
    select case when octet_length(said) = length(said) or said !~ '[{LETTERS}]' then said else
        regexp_replace(regexp_replace(regexp_replace(said, '[{BETWEEN}]', ' ', 'g'),
            '([{LETTERS}]+)', ' \\1 ', 'g'), '(?<=[{LETTERS}])([{LETTERS}])', '\\1 \\1', 'g') end $$;
create or replace function search_asked_apart(said text) returns text language sql immutable parallel safe as $$
    select case when octet_length(said) = length(said) or said !~ '[{LETTERS}]' then said else
        regexp_replace(search_apart(said), '([{LETTERS}]{{2}}) [{LETTERS}] *$', '\\1') end $$;
"""
UNMAKE = "drop function if exists search_asked_apart(text); drop function if exists search_apart(text);"


class Migration(migrations.Migration):
    dependencies = [("search", "0011_long_texts_in_place")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]

"""Who may do what: every address of the product with every method it takes, and what each kind of person is answered.

Columns: method, address, then what a stranger, a guest, a member, a host, a learning lead and an administrator are
answered, then the fields sent. Guest, member and lead have joined the space in question, the host looks after it, the
administrator has not joined. `in` means: sent to the page to sign in. Braces name things of the test's making; they are
another member's, Noah's, unless their name says `own`.
"""

from tests.conformance.permissions import api, api_between, between, oneself, places, studio

COLUMNS = ("stranger", "guest", "member", "host", "lead", "administrator")

TABLE = "".join(part.TABLE for part in (oneself, places, between, studio, api, api_between))

"""The composition of Watercooler: which apps, kinds, projections and routes make the product.

There is one settings file. What an operator may change is in `options.py`.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP

from watercooler.config.database_address import for_the_framework
from watercooler.config.exported import EXPORTED as EXPORTED
from watercooler.config.exported import NOT_EXPORTED as NOT_EXPORTED
from watercooler.config.exported import NOT_ONES_OWN as NOT_ONES_OWN
from watercooler.config.exported import TELLS_OF_AN_ACCOUNT as TELLS_OF_AN_ACCOUNT
from watercooler.config.mail import mailer
from watercooler.config.options import REPOSITORY, address, options, secret_key
from watercooler.foundation.database import embedded

DEBUG = options.debug
SECRET_KEY = secret_key(options)
SITE_URL = address(options)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver", urlsplit(SITE_URL).hostname or "localhost"]

ROOT_URLCONF = "watercooler.config.urls"
WSGI_APPLICATION = "watercooler.config.wsgi.application"
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # Before the sign-in library, so that its pages are found here.
    "watercooler.doors.signin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "watercooler.foundation.base",
    "watercooler.spine.activity",
    "watercooler.spine.people",
    "watercooler.spine.spaces",
    "watercooler.spine.content",
    "watercooler.spine.social",
    "watercooler.spine.conversations",
    "watercooler.kinds.posts",
    "watercooler.kinds.questions",
    "watercooler.kinds.articles",
    "watercooler.projections.feed",
    "watercooler.projections.notifications",
    "watercooler.projections.search",
    "watercooler.projections.contributions",
    "watercooler.projections.experts",
    "watercooler.projections.recommendations",
    "watercooler.projections.semantic",
    "watercooler.places.home",
    "watercooler.places.space",
    "watercooler.places.person",
    "watercooler.places.inbox",
    "watercooler.places.library",
    "watercooler.places.mentoring",
    "watercooler.studio.moderation",
    "watercooler.studio.administration",
    "watercooler.doors.live",
    "watercooler.doors.importing",
    "watercooler.doors.exporting",
    "watercooler.doors.api",
    "watercooler.doors.webhooks",
    "watercooler.doors.feeds",
]

# What the house is made of, in order. Nothing registers itself by being imported.
KINDS = [
    "watercooler.kinds.questions.kind.QUESTION",
    "watercooler.kinds.questions.kind.ANSWER",
    "watercooler.kinds.posts.kind.POST",
    "watercooler.kinds.articles.kind.ARTICLE",
    "watercooler.spine.social.kind.COMMENT",
]
VERBS = [
    "watercooler.spine.people.verbs",
    "watercooler.spine.spaces.verbs",
    "watercooler.spine.content.verbs",
    "watercooler.spine.social.verbs",
    "watercooler.spine.conversations.verbs",
    "watercooler.kinds.posts.verbs",
    "watercooler.kinds.questions.verbs",
    "watercooler.kinds.articles.verbs",
    "watercooler.projections.experts.verbs",
    "watercooler.projections.recommendations.verbs",
    "watercooler.places.mentoring.verbs",
    "watercooler.doors.exporting.verbs",
    "watercooler.doors.api.verbs",
    "watercooler.doors.webhooks.verbs",
    "watercooler.doors.feeds.verbs",
]
PROJECTIONS: list[str] = [
    "watercooler.projections.feed.projection.Feed",
    "watercooler.projections.notifications.projection.Notifications",
    "watercooler.projections.search.projection.Search",
    "watercooler.projections.contributions.projection.Contributions",
    "watercooler.projections.experts.projection.Experts",
    "watercooler.projections.experts.known.Known",
    "watercooler.projections.recommendations.projection.Recommendations",
]
# Meaning is an extra: without a model nothing is followed, kept or asked (docs/decisions/0011).
SEMANTIC = str(Path(options.semantic).expanduser().resolve()) if options.semantic else ""
MEANING = "watercooler.projections.semantic.reads.meaning" if SEMANTIC else ""
if SEMANTIC:
    PROJECTIONS.append("watercooler.projections.semantic.projection.Semantic")
FOLLOWERS: list[str] = [
    "watercooler.projections.search.saved.follower.SavedSearches",
    "watercooler.doors.webhooks.follower.Webhooks",
]
JOBS = PROCRASTINATE_IMPORT_PATHS = [
    "watercooler.foundation.base.posting",
    "watercooler.spine.content.jobs",
    "watercooler.spine.content.thumbnails",
    "watercooler.spine.conversations.jobs",
    "watercooler.kinds.articles.jobs",
    "watercooler.doors.signin.jobs",
    "watercooler.doors.exporting.jobs",
    "watercooler.doors.api.jobs",
    "watercooler.doors.webhooks.jobs",
    "watercooler.doors.feeds.jobs",
    "watercooler.projections.notifications.jobs",
    "watercooler.projections.search.jobs",
    "watercooler.projections.experts.jobs",
    "watercooler.projections.recommendations.jobs",
    "watercooler.projections.semantic.jobs",
    "watercooler.places.mentoring.jobs",
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
SUGGESTED = "watercooler.projections.experts.suggest.suggested"
RELATED = "watercooler.projections.recommendations.related.related"
WHO_MAY_KNOW = "watercooler.projections.experts.reads.who_may_know"
NOT_ME = "watercooler.projections.experts.acts.not_me"
AFTER_ALL = "watercooler.projections.experts.acts.after_all"
TELL_FOUND = "watercooler.projections.notifications.projection.tell_found"
FOUND_OF_LINE = "watercooler.projections.search.saved.reads.OF_LINE"
FOUND_NO_MORE = "watercooler.projections.search.acts.hear_no_more"
FOUND_AGAIN = "watercooler.projections.search.acts.hear_again"
NEAR_PEOPLE = "watercooler.spine.social.reads.connections.IS_CONNECTED"
ORGANISATION = "watercooler.spine.people.reads.organisation"
CHROME = "watercooler.places.inbox.reads.chrome"
TOLD_OF_READING = [
    "watercooler.projections.notifications.acts.read_thread",
    "watercooler.projections.search.vain.opened",
]
TOLD_OF_FILES = ["watercooler.projections.search.files.noticing.told"]
TOLD_OF_LEAVING = ["watercooler.doors.api.acts.end_all_of", "watercooler.places.mentoring.acts.end_all_of"]
FILES_ELSEWHERE = "watercooler.spine.conversations.sight.files"
SHOWN_BY_NAME = ["watercooler.spine.content.named.show_new_face"]
BETWEEN_TWO = [
    "watercooler.places.mentoring.lines.MENTORING",
    "watercooler.studio.moderation.lines.REPORTED",
    "watercooler.studio.moderation.lines.DECIDED",
    "watercooler.studio.moderation.lines.CARED_FOR",
]

MIDDLEWARE = [
    "watercooler.foundation.base.policy.SamePolicy",
    "watercooler.foundation.base.static.BuiltFiles",
    "watercooler.foundation.base.same_origin.SameOriginOnly",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "watercooler.spine.spaces.middleware.ViewerMiddleware",
    "watercooler.spine.spaces.mentioned.NamesForGuests",
    "watercooler.foundation.base.refusals.ErrorsInWords",
]

TEMPLATES = [
    {"BACKEND": "watercooler.foundation.base.engine.MiniJinja", "NAME": "watercooler", "DIRS": [], "APP_DIRS": True},
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


SESSION = (
    # One letter wrong in seven still finds the word (hygeine, hygiene: 0.375); names ask for more.
    ("pg_trgm.word_similarity_threshold", 0.36),
    # Hot reads are written to cost the same for everybody; planning Home anew on each call cost more than running it.
    ("plan_cache_mode", "force_generic_plan"),
    # For reading what was done since, planned for any number, two processes were begun each time: 6 ms for one row.
    ("max_parallel_workers_per_gather", "0"),
    # Of the nearest in meaning a hundred are looked through; a mere word where the extension is not there.
    ("hnsw.ef_search", "100"),
    # A process that was stopped in the middle of an act would keep its rows locked, and others waiting, for ever.
    ("idle_in_transaction_session_timeout", "300s"),
)


def database(url: str) -> dict[str, object]:
    """Return Django's words for a PostgreSQL address."""
    return for_the_framework(url, SESSION)


DATABASES = {"default": database(options.database_url or embedded.url(options.data_dir))}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# The prefix makes browsers refuse a session that another host of the same domain plants.
SESSION_COOKIE_NAME = "__Host-watercooler" if options.secure_cookies else "watercooler"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = options.secure_cookies
CSRF_COOKIE_HTTPONLY = True

LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/home"
LOGOUT_REDIRECT_URL = "/sign-in"

# Who has an account comes from the directory and from invitations: nobody signs up, and an address in the directory is
# as good as verified.
ACCOUNT_ADAPTER = "watercooler.doors.signin.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "watercooler.doors.signin.forms.SignInForm",
    "request_login_code": "watercooler.doors.signin.forms.SendCodeForm",
    "confirm_login_code": "watercooler.doors.signin.forms.CodeForm",
    "reset_password": "watercooler.doors.signin.forms.ForgottenForm",
    "reset_password_from_key": "watercooler.doors.signin.forms.NewPasswordForm",
    "change_password": "watercooler.doors.signin.forms.ChangePasswordForm",
    "set_password": "watercooler.doors.signin.forms.SetPasswordForm",
    "reauthenticate": "watercooler.doors.signin.forms.ConfirmPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_USER_DISPLAY = "watercooler.doors.signin.adapter.display"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
# The library's own one keeps a second list of addresses; an address changed in the directory would live on in it.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    # A depot shares one address: what counts by address is what failed; what succeeded is given back.
    "login": f"{options.sign_in_limit_per_minute * 10}/m/ip",
    "login_failed": f"{options.sign_in_limit_per_minute}/m/ip,5/5m/key",
    "request_login_code": f"{options.sign_in_limit_per_minute}/m/ip,3/m/key",
    "reset_password": f"{options.sign_in_limit_per_minute}/m/ip,3/m/key",
    "reset_password_from_key": f"{options.sign_in_limit_per_minute}/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "watercooler.doors.signin.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "watercooler.doors.signin.forms.SecondFactorForm",
    "reauthenticate": "watercooler.doors.signin.forms.ConfirmCodeForm",
    "activate_totp": "watercooler.doors.signin.forms.ActivateForm",
    "add_webauthn": "watercooler.doors.signin.forms.AddPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": f"{options.sign_in_limit_per_minute}/m/ip"}
USERSESSIONS_ADAPTER = "watercooler.doors.signin.adapter.SessionsAdapter"

# Counts attempts to sign in. One process answers all pages, so its memory is enough, and nothing is lost with it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

DEFAULT_FROM_EMAIL = SERVER_EMAIL = options.mail_from
MAILERS = {"default": mailer(options.mail_url, options.data_dir / "mail")}

LANGUAGE_CODE = "en-gb"
# Each by its own name. A further one is a catalogue, made with bin/words, and a line here.
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [REPOSITORY / "watercooler" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATIC_ROOT = REPOSITORY / "watercooler" / "static"
BUILT_DIR = STATIC_ROOT / "built"
MESSAGE_STORAGE = "watercooler.foundation.base.toasts.KeptInCookie"
MEDIA_ROOT = options.data_dir / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

VIEWER_CACHE_SECONDS = options.viewer_cache_seconds
UPLOAD_LIMIT_MIB = options.upload_limit_mib
WRITE_LIMIT_PER_MINUTE = options.write_limit_per_minute
API_LIMIT_PER_MINUTE = options.api_limit_per_minute
INBOX_DAYS = options.inbox_days
INTERNAL_HOSTS = frozenset(filter(None, (host.strip().lower() for host in options.internal_hosts.split(","))))
PRIVATE_SEARCHES = options.private_searches

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "style-src-attr": [CSP.UNSAFE_INLINE],  # hues of people and spaces: style="--h: 195"
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # SameOriginOnly stands in for CSRF tokens; see docs/decisions/0004
]

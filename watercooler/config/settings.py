"""The composition of Watercooler: which apps, kinds, projections and routes make the product.

There is one settings file. What an operator may change is in `options.py`.
"""

from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP

from watercooler.config.options import REPOSITORY, options, secret_key
from watercooler.foundation.database import embedded

DEBUG = options.debug
SECRET_KEY = secret_key(options)
SITE_URL = options.site_url or f"http://{options.host}:{options.port}"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver", urlsplit(SITE_URL).hostname or "localhost"]

ROOT_URLCONF = "watercooler.config.urls"
WSGI_APPLICATION = "watercooler.config.wsgi.application"
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
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
    "watercooler.kinds.posts",
    "watercooler.kinds.questions",
    "watercooler.kinds.articles",
    "watercooler.projections.feed",
    "watercooler.projections.notifications",
    "watercooler.projections.search",
    "watercooler.places.home",
    "watercooler.places.space",
    "watercooler.places.person",
    "watercooler.places.inbox",
    "watercooler.places.library",
    "watercooler.studio.moderation",
    "watercooler.studio.administration",
    "watercooler.doors.signin",
    "watercooler.doors.live",
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
    "watercooler.kinds.posts.verbs",
    "watercooler.kinds.questions.verbs",
    "watercooler.kinds.articles.verbs",
]
PROJECTIONS: list[str] = [
    # "watercooler.projections.feed.projection.Feed",
    # "watercooler.projections.notifications.projection.Notifications",
    # "watercooler.projections.search.projection.Search",
]
JOBS = PROCRASTINATE_IMPORT_PATHS = [
    "watercooler.spine.content.jobs",
    "watercooler.kinds.articles.jobs",
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
SIMILAR = "watercooler.spine.content.similar.similar"
ORGANISATION = "watercooler.spine.people.reads.organisation"
CHROME = "watercooler.places.inbox.reads.chrome"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "watercooler.foundation.base.static.BuiltFiles",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "watercooler.foundation.base.same_origin.SameOriginOnly",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "watercooler.spine.spaces.middleware.ViewerMiddleware",
    "watercooler.foundation.base.errors.ErrorsInWords",
]

TEMPLATES = [
    {"BACKEND": "watercooler.foundation.base.templates.MiniJinja", "NAME": "watercooler", "DIRS": [], "APP_DIRS": True},
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


def database(url: str) -> dict[str, object]:
    """Return Django's words for a PostgreSQL address; a Unix socket is named by `?host=`."""
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(query.get("port", parts.port or "")),
        "CONN_MAX_AGE": None,
        # Hot reads prepare explicitly on Django's own connection; ORM cursors bind on the client and never do.
        "OPTIONS": {"prepare_threshold": 5},
    }


DATABASES = {"default": database(options.database_url or embedded.url(options.data_dir))}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SESSION_COOKIE_NAME = "watercooler"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = options.secure_cookies
CSRF_COOKIE_HTTPONLY = True

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATICFILES_DIRS = [REPOSITORY / "watercooler" / "static"]
BUILT_DIR = REPOSITORY / "watercooler" / "static" / "built"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
MEDIA_ROOT = options.data_dir / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

VIEWER_CACHE_SECONDS = options.viewer_cache_seconds
UPLOAD_LIMIT_MIB = options.upload_limit_mib
WRITE_LIMIT_PER_MINUTE = options.write_limit_per_minute
SIGN_IN_LIMIT_PER_MINUTE = options.sign_in_limit_per_minute
UNDO_SECONDS = options.undo_seconds

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
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

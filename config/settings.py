"""Every setting of Backfile. The only module that reads the environment, through `env.py`.

| variable         | default          | means |
| ---------------- | ---------------- | ----------------------------------------------------------|
| BACKFILE_DATA    | var/             | the folder of the database, the indexes and the media |
| DATABASE_URL     | SQLite there     | postgres://user:password@host:port/name |
| DEBUG            | 0                | 1 on a developer's machine only |
| SECRET_KEY       | made if DEBUG=1  | signs sessions; required in production |
| ALLOWED_HOSTS    | none             | the names that this site answers to, with commas |
| HTTPS            | 1 unless DEBUG   | secure cookies, redirect to https, HSTS |
| BEHIND_PROXY     | 0                | proxies of yours: X-Forwarded-Proto, -For, X-Request-ID |
| LIMIT_REQUESTS   | 1 unless DEBUG   | who asks too often waits |
| TIME_ZONE        | UTC              | the newsroom's own time: which day an article belongs to |
| MONTH_FIRST      | 0                | 1 where 03/04/2009 means the fourth of March |
| SEARCH_SYNC      | inline           | inline: indexed after each commit; worker: by index_worker |
| METRICS_TOKEN    | none             | opens /metrics and the numbers of /readyz; 16 characters |
| BACKFILE_SHARED  | ../shared        | real data for tests and benchmarks |
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.secret import kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent
BACKFILE_DATA = env.folder("BACKFILE_DATA", BASE_DIR / "var")
BACKFILE_SHARED = env.folder("BACKFILE_SHARED", BASE_DIR.parent / "shared")
BACKFILE_DATA.mkdir(parents=True, exist_ok=True)

DEBUG = env.flag("DEBUG")
HTTPS = env.flag("HTTPS", default=not DEBUG)
SECRET_KEY = env.text("SECRET_KEY")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to a long random text "
            "(python3 -c 'import secrets; print(secrets.token_urlsafe(64))'), "
            "or set DEBUG=1 on a developer's machine, where one is made and kept."
        )
    SECRET_KEY = kept_secret(BACKFILE_DATA / "secret-key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
METRICS_TOKEN = env.token("METRICS_TOKEN")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "simple_history",
    "archive",
    "gate",
    "backup",
    "search",  # after archive: it gives the archive's admin its search
]

MIDDLEWARE = [
    "config.requests.RequestMiddleware",
    # These add headers to whatever the others answer, also by themselves: so they come first.
    "gate.headers.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.probes.ProbeMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.PageCompressionMiddleware",  # static files are kept compressed
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.LanguageMiddleware",  # before Common, whose refusals are pages, too
    "gate.middleware.GateMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # who saves, for the versions
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL", BACKFILE_DATA / "backfile.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch"), ("ru", "Русский")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.time_zone("TIME_ZONE")
MONTH_FIRST = env.flag("MONTH_FIRST")

# An installed spaCy model that finds people in texts; empty: rules, which need none.
PEOPLE_MODEL = env.text("PEOPLE_MODEL")
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "config.formats"

STATIC_URL = "static/"
STATIC_ROOT = BACKFILE_DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = BACKFILE_DATA / "media"
# Bytes of a file that is sent to the desk to be imported. Larger ones go through import_articles.
UPLOAD_LIMIT = 100 * 1024 * 1024
STORAGES = {
    "default": {"BACKEND": "archive.disk.DurableStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

SIMPLE_HISTORY_DATE_INDEX = False  # versions are looked up by their article

SEARCH_ENGINE = "search.engines.whoosh.engine.WhooshEngine"
SEARCH_SYNC = env.choice("SEARCH_SYNC", ("inline", "worker"))
SEARCH_INDEX_DIR = BACKFILE_DATA / "index"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["gate.backend.PatientBackend"]
LOGIN_URL = "admin:login"
SESSION_COOKIE_AGE = 7 * 24 * 60 * 60  # from signing in on, used or not
SESSION_COOKIE_SAMESITE = "Lax"

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^(healthz|readyz|metrics)$"]  # see `config.probes`
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"

# The desk sends seven fields for each quotation of an article. Bytes have a limit of their own.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FILES = 100
BEHIND_PROXY = env.count("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How often somebody may ask: so many requests at once, and then so many a second. An address may
# be a whole newsroom; who is signed in is counted by account. Who types fast asks 14 times a
# second, for results and suggestions.
ALLOWANCES: dict[str, dict[str, tuple[float, float]]] = {
    "search": {"address": (900, 60), "account": (300, 20)},
    "change": {"address": (60, 2), "account": (120, 5)},
    "password": {"address": (10, 0.1), "account": (10, 0.1)},
}
if not env.flag("LIMIT_REQUESTS", default=not DEBUG):
    ALLOWANCES = {}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # the admin's own icons are data: images
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# Everything goes to the root, in one shape, to stderr: whoever starts us keeps it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "config.logs.LineFormatter"},
        "readable": {"()": "config.logs.ReadableFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "readable" if DEBUG else "line",
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        **{name: {"level": "INFO"} for name in ("archive", "search", "config")},
        "django": {"handlers": [], "level": "WARNING"},
        # Their addresses tell what was searched; each request has a line of ours.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # whoever scans the network
    },
}

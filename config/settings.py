"""Every setting of Backfile. The only module that reads the environment, through `env.py`.

| variable         | default          | means |
| ---------------- | ---------------- | ----------------------------------------------------------|
| BACKFILE_DATA    | var/             | the folder of the database, the indexes and the media |
| DATABASE_URL     | SQLite there     | postgres://user:password@host:port/name |
| DEBUG            | 0                | 1 on a developer's machine only |
| SECRET_KEY       | made if DEBUG=1  | signs sessions; required in production |
| ALLOWED_HOSTS    | none             | the names that this site answers to, with commas |
| HTTPS            | 1 unless DEBUG   | secure cookies, redirect to https, HSTS |
| BEHIND_PROXY     | 0                | 1 where a proxy of yours sets X-Forwarded-Proto |
| TIME_ZONE        | UTC              | the newsroom's own time: which day an article belongs to |
| MONTH_FIRST      | 0                | 1 where 03/04/2009 means the fourth of March |
| SEARCH_SYNC      | inline           | inline: indexed after each commit; worker: by index_worker |
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
    "search",  # after archive: it gives the archive's admin its search
]

MIDDLEWARE = [
    "config.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.PageCompressionMiddleware",  # static files are kept compressed
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.LanguageMiddleware",  # before Common, whose refusals are pages, too
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
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
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
LOGIN_URL = "admin:login"

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"

# The desk sends seven fields for each quotation of an article. Bytes have a limit of their own.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
BEHIND_PROXY = env.flag("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
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

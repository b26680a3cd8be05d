"""Signing in: patience for slips, none for guessing, and nobody is kept out for good."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.test import Client

from gate.guesses import ACCOUNT, ADDRESS, TooManyGuessesError, account, guess_begin
from gate.models import Guesses

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
PASSWORD = "Petrels over Port Almond"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def ann() -> User:
    return User.objects.create_superuser("ann", password=PASSWORD)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def sign_in(client: Client, password: str, name: str = "ann", sender: str = "203.0.113.1"):
    return client.post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=sender)


def guess_until_told_to_wait(name: str = "ann") -> int:
    """Returns how many guesses were tried. Each comes from another address."""
    for number in range(100):
        sender = f"198.51.100.{number}"
        if sign_in(Client(), "wrong", name, sender).status_code == 429:
            return number
    raise AssertionError("Nobody was told to wait.")


def test_slips_cost_nothing(ann):
    browser = Client()
    for _ in range(ACCOUNT.free):
        assert sign_in(browser, "wrong").status_code == 200
    assert sign_in(browser, PASSWORD).status_code == 302


def test_who_goes_on_guessing_waits_and_is_told_how_long(ann):
    assert guess_until_told_to_wait() == ACCOUNT.free + 1
    told = sign_in(Client(), PASSWORD)
    assert told.status_code == 429
    assert int(told.headers["Retry-After"]) >= 1
    assert "Please wait" in told.content.decode()
    assert 'class="masthead__name"' in told.content.decode()


def test_waits_grow_up_to_a_quarter_of_an_hour():
    waits = [ACCOUNT.wait(failures).total_seconds() for failures in range(5, 30)]
    assert waits[:5] == [0, 1, 2, 4, 8]
    assert max(waits) == waits[-1] == 900


def test_a_name_without_an_account_is_answered_alike(ann):
    answers = [sign_in(Client(), "wrong", name) for name in ("ann", "nobody")]
    pages = [answer.content.decode().replace("nobody", "ann") for answer in answers]
    assert mask(pages[0]) == mask(pages[1])
    assert guess_until_told_to_wait("ann") + 1 == guess_until_told_to_wait("nobody") + 1
    told = [sign_in(Client(), "wrong", name) for name in ("ann", "nobody")]
    assert told[0].content == told[1].content


def mask(page: str) -> str:
    """The page without its token against forged requests."""
    before, _, rest = page.partition('name="csrfmiddlewaretoken" value="')
    return before + rest.partition('"')[2]


def test_a_name_without_an_account_takes_as_much_work(ann, monkeypatch):
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    sign_in(Client(), "wrong", "ann")
    with_account = len(hashed)
    sign_in(Client(), "wrong", "nobody")
    assert len(hashed) == 2 * with_account > 0


def test_no_password_is_looked_at_while_somebody_has_to_wait(ann, monkeypatch):
    guess_until_told_to_wait()
    monkeypatch.setattr(User, "check_password", lambda *_: pytest.fail("looked at"))
    assert sign_in(Client(), PASSWORD).status_code == 429


def test_waiting_makes_no_wait_longer(ann, clock):
    guess_until_told_to_wait()
    for _ in range(50):
        sign_in(Client(), "wrong")
    clock.shift(timedelta(seconds=1.1))
    assert sign_in(Client(), PASSWORD).status_code == 302


def test_who_signs_in_is_forgiven(ann):
    for _ in range(ACCOUNT.free):
        sign_in(Client(), "wrong")
    sign_in(Client(), PASSWORD)
    assert guess_until_told_to_wait() == ACCOUNT.free + 1


def test_failures_are_forgotten_in_time(ann, clock):
    guess_until_told_to_wait()
    clock.shift(timedelta(days=1))
    assert guess_until_told_to_wait() == ACCOUNT.free + 1


def test_strangers_cannot_keep_somebody_out_of_a_browser_that_they_have_used(ann):
    browser = Client()
    sign_in(browser, PASSWORD)
    browser.post("/admin/logout/")
    guess_until_told_to_wait()
    assert sign_in(browser, PASSWORD).status_code == 302


def test_a_known_browser_has_no_more_guesses_than_anybody(ann):
    browser = Client()
    sign_in(browser, PASSWORD)
    browser.post("/admin/logout/")
    tried = [sign_in(browser, "wrong").status_code for _ in range(ACCOUNT.free + 2)]
    assert tried[-1] == 429


@pytest.mark.parametrize("cookie", ["", "made up", "x:y:z", "\x00"])
def test_a_browser_is_not_known_because_it_says_so(ann, cookie):
    guess_until_told_to_wait()
    browser = Client()
    browser.cookies["browser"] = cookie
    assert sign_in(browser, PASSWORD).status_code == 429


def test_a_browser_is_known_for_one_account_alone(ann):
    User.objects.create_superuser("ben", password=PASSWORD)
    browser = Client()
    sign_in(browser, PASSWORD)
    browser.post("/admin/logout/")
    guess_until_told_to_wait("ben")
    assert sign_in(browser, PASSWORD, "ben").status_code == 429


def test_the_cookie_that_knows_a_browser_is_sent_to_the_page_for_signing_in_alone(ann, settings):
    settings.SESSION_COOKIE_SECURE = True
    browser = Client()
    cookie = sign_in(browser, PASSWORD).cookies["browser"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (LOGIN, True, "Lax")
    assert cookie["secure"]
    assert "ann" not in cookie.value


def test_guesses_at_many_accounts_from_one_address_wait_too():
    tried = [
        sign_in(Client(), "wrong", f"name {one}").status_code for one in range(ADDRESS.free + 2)
    ]
    assert tried == [200] * (ADDRESS.free + 1) + [429]
    assert sign_in(Client(), "wrong", "another", "203.0.113.2").status_code == 200


def test_where_no_address_is_known_accounts_are_guarded_all_the_same():
    for number in range(ADDRESS.free + 2):
        assert sign_in(Client(), "wrong", f"name {number}", sender="").status_code == 200
    tried = [sign_in(Client(), "wrong", "ann", sender="").status_code for _ in range(7)]
    assert tried[-1] == 429


def test_an_account_of_ones_own_gives_no_guesses_at_others(ann):
    for number in range(ADDRESS.free + 1):
        sign_in(Client(), "wrong", f"name {number}")
    assert sign_in(Client(), PASSWORD).status_code == 429


def test_a_thousand_guesses_at_the_same_moment_are_a_thousand_guesses():
    for _ in range(ACCOUNT.free + 1):  # none of them was looked at yet
        guess_begin(guessers=[account("ann")], now=NOON)
    with pytest.raises(TooManyGuessesError):
        guess_begin(guessers=[account("ann")], now=NOON)


def test_a_clock_set_back_makes_nobody_wait_longer(ann, clock):
    guess_until_told_to_wait()
    clock.move_to(NOON - timedelta(days=30))
    assert int(sign_in(Client(), PASSWORD).headers["Retry-After"]) == 1


def test_what_counts_for_nothing_is_removed(clock):
    sign_in(Client(), "wrong", "somebody")
    clock.shift(timedelta(days=2))
    sign_in(Client(), "wrong", "else")
    assert Guesses.objects.count() == 2  # the second name's and its address's


def test_neither_password_nor_name_is_kept_or_logged(ann, caplog):
    caplog.set_level(logging.DEBUG)
    for _ in range(ACCOUNT.free + 2):
        sign_in(Client(), "swordfish-4711", "swordfish-0815")
    kept = " ".join(Guesses.objects.values_list("key", flat=True))
    assert "swordfish" not in caplog.text + kept


def test_signing_in_gives_another_session(ann):
    browser = Client()
    browser.get(LOGIN)
    browser.session.save()
    planted = browser.session.session_key
    browser.cookies["sessionid"] = planted
    sign_in(browser, PASSWORD)
    assert browser.cookies["sessionid"].value != planted


def test_another_password_gives_another_session_and_ends_the_others(ann):
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        sign_in(browser, PASSWORD)
    before = here.cookies["sessionid"].value
    new = "Terns over Port Almond"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post("/admin/password_change/", sent).status_code == 302
    assert here.cookies["sessionid"].value != before
    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


def test_nobody_is_signed_out_by_a_link(ann):
    browser = Client()
    sign_in(browser, PASSWORD)
    assert browser.get("/admin/logout/").status_code == 405
    assert browser.get("/admin/").status_code == 200
    browser.post("/admin/logout/")
    assert browser.get("/admin/").status_code == 302


def test_a_session_ends_after_a_week_whatever_happens(ann, clock):
    browser = Client()
    sign_in(browser, PASSWORD)
    for _ in range(6):
        clock.shift(timedelta(days=1))
        assert browser.get("/admin/").status_code == 200
    clock.shift(timedelta(days=1, seconds=1))
    assert browser.get("/admin/").status_code == 302

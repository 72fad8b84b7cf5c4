"""A passkey made and used in the demo, at the address that it prints, with the browser's own virtual authenticator."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.site import Site

Visit = Callable[..., Page]
PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_phone(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})


def test_a_passkey_signs_in_at_the_address_that_the_demo_prints(visit: Visit, site: Site) -> None:
    assert urlsplit(site.address).hostname == "localhost"
    page = visit("hassan", "/me/security/passkeys/new")
    with_phone(page)
    if page.get_by_label("Password", exact=True).count():  # signed in a while ago, the door asks once more
        page.get_by_label("Password", exact=True).fill(site.password)
        page.get_by_role("button", name="Go on").click()
    page.get_by_label("What to call it").fill("Van phone")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("Van phone")).to_be_visible()

    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/home")
    expect(page.locator("body")).to_have_attribute("data-handle", "hassan")


def test_at_an_address_of_numbers_the_door_says_where_passkeys_work(visit: Visit, site: Site) -> None:
    page = visit(None, base_url=site.address.replace("localhost", "127.0.0.1"))
    page.goto("/sign-in")
    with_phone(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("at the address localhost")).to_be_visible()

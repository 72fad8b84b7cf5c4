"""What went out comes in again as the same pages."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image

from tests.exports import a_life, emptied, media, out, rows
from watercooler.doors.exporting import load, scopes
from watercooler.doors.exporting.models import Scope
from watercooler.doors.exporting.tables import tables
from watercooler.doors.exporting.write import write
from watercooler.spine.activity import worker
from watercooler.spine.content.acts import take_file
from watercooler.spine.conversations import acts as talk
from watercooler.spine.people.models import Person

__all__ = ["media"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def everything_shown(client, items) -> dict[tuple[str, str], str]:
    """The HTML of pages as several viewers see them, without what is new in each answer."""
    import re

    pages = {}
    addresses = [
        "/home",
        "/spaces",
        "/spaces/heat-pump-engineers/",
        "/people/priya",
        "/people/tomasz",
        "/inbox",
        "/library",
    ]
    addresses += [f"/spaces/{name}/" for name in ("medicines", "works-council")]
    addresses += [item.url for item in items]
    for handle in ("noah", "ruth", "ines", "sam", "fatima"):
        client.force_login(
            Person.objects.get(handle=handle), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        for address in addresses:
            response = client.get(address.partition("#")[0])
            html = response.content.decode() if response.status_code == 200 else str(response.status_code)
            html = re.sub(r'name="key" value="[0-9a-f]{32}"|answer-\w+-key', "", html)
            pages[handle, address] = re.sub(r'value="[0-9a-f]{32}"', "", html)
        client.logout()
    return pages


@pytest.mark.django_db(transaction=True)
def test_export_and_import_give_the_same_pages(company, client, tmp_path):
    items = a_life(company)
    with (tmp_path / "coil.png").open("wb") as file:
        Image.new("RGB", (30, 20), "red").save(file, "PNG")
    attachment = take_file(company.viewer("priya"), tmp_path / "coil.png")
    company.post(f"Look: ![Coil]({attachment.url})")
    worker.follow()
    tops = [item for item in items.values() if item.parent_id is None]
    everything_shown(client, tops)  # looking leaves traces: what was read, what is new
    worker.follow()
    before = everything_shown(client, tops)
    path = out(tmp_path)
    bytes_before = (settings.MEDIA_ROOT / attachment.stored).read_bytes()
    (settings.MEDIA_ROOT / attachment.stored).unlink()
    emptied()
    load.load(path)
    again = tmp_path / "again.zip"
    write(scopes.everything(), again, Scope.EVERYTHING)
    for name in tables():
        assert rows(again, name) == rows(path, name), name
    after = everything_shown(client, tops)
    for page, html in before.items():
        assert after[page].splitlines() == html.splitlines(), page
    assert (settings.MEDIA_ROOT / attachment.stored).read_bytes() == bytes_before
    assert Person.objects.create(handle="new", name="New", joined_at=timezone.now()).pk > company.ines.pk


@pytest.mark.django_db(transaction=True)
def test_conversations_are_the_same_afterwards(company, client, tmp_path):
    priya, noah = company.viewer("priya"), company.viewer("noah")
    with (tmp_path / "coil.png").open("wb") as file:
        Image.new("RGB", (30, 20), "red").save(file, "PNG")
    picture = take_file(priya, tmp_path / "coil.png")
    two = talk.begin(priya, company.noah)
    talk.send(priya, two, "Look at *this*", attachments=[picture.pk])
    talk.edit(priya, talk.send(priya, two, "Third wun."), "Third one.")
    talk.report(noah, talk.send(priya, two, "Hurry up."), "unkind")
    talk.remove(noah, talk.send(noah, two, "Wrong window."))
    group = talk.begin_group(noah, [company.priya, company.sam], "Night shift")
    talk.send(noah, group, "Before Tomasz.")
    talk.add(noah, group, [company.tomasz])
    talk.rename(priya, group, "Day shift")
    talk.send(company.viewer("tomasz"), group, "Hello.")
    talk.leave(company.viewer("sam"), group)
    talk.mute(priya, group)
    talk.open_to(priya, "known")
    talk.silence(noah, company.hassan, is_blocked=True)
    worker.follow()
    addresses = ["/inbox/messages", "/inbox/messages/from", two.url, group.url, picture.url, "/studio/care/messages"]
    addresses += [f"{two.url}/details", f"{group.url}?at=1", "/search/messages?q=third", "/people/priya", "/inbox"]
    conversations_shown(client, addresses)  # looking leaves traces: what was read
    before = conversations_shown(client, addresses)
    path = out(tmp_path)
    emptied()
    load.load(path)
    for page, html in conversations_shown(client, addresses).items():
        assert html == before[page], page


def conversations_shown(client, addresses) -> dict[tuple[str, str], list[bytes]]:
    """Return pages as each of several people sees them, without what is new in each answer."""
    import re

    shown = {}
    for handle in ("noah", "priya", "tomasz", "sam", "ines", "fatima"):
        client.force_login(Person.objects.get(handle=handle), backend=BACKEND)
        for address in addresses:
            response = client.get(address)
            html = b"".join(response) if response.status_code == 200 else str(response.status_code).encode()
            shown[handle, address] = re.sub(rb'value="[0-9a-f]{32}"', b"", html).splitlines()
    return shown


@pytest.mark.django_db(transaction=True)
def test_a_space_s_export_starts_an_installation(company, client, tmp_path):
    items = a_life(company)
    path = out(tmp_path, scopes.of_space(company.viewer("hassan"), company.heat), Scope.SPACE)
    emptied()
    load.load(path)
    client.force_login(Person.objects.get(handle="noah"), backend=BACKEND)
    assert "First frost." in client.get("/spaces/heat-pump-engineers/").content.decode()
    assert "Look at the coil" in client.get(items["question"].url).content.decode()

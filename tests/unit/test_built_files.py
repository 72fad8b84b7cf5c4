"""What browsers get of built files that were there when the product started."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from watercooler.foundation.base.static import GONE, BuiltFiles


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("A page")


def test_a_built_file_that_is_gone_is_not_there_and_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "app.B2c4d6f8.css"
    file.write_text("p { color: inherit }")
    files = BuiltFiles(page)
    address = "/static/built/app.B2c4d6f8.css"
    files.add_file_to_dictionary(address, str(file))
    ask = RequestFactory().get(address)
    assert files(ask).status_code == 200
    file.unlink()
    answer = files(ask)
    assert (answer.status_code, answer.content.decode()) == (404, GONE)

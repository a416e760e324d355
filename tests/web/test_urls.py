"""Which destinations are pages one can ask for, and how they are asked for."""

from __future__ import annotations

import pytest

from docbot.web.urls import address_of, is_page, led_to, without_fragment

PAGES = """
https://github.com/lantern/docs https://www.w3.org/TR/xml/ http://lantern.dev https://lantern.dev:8443/a?b=c#d
https://de.wikipedia.org/wiki/Laterne_(Begriffskl%C3%A4rung) https://aka.ms/wsl https://lantern.dev/xmlns-explained
https://lantern.dev/my-notes.html
https://lantern.dev/a/trim-your-wick/ https://lantern.dev/my-site-map
https://go.microsoft.com/fwlink/?linkid=12 https://apis.lantern.dev/ https://myapps.lantern.dev http://my_host.lantern.dev/
https://examples.lantern.dev/ https://lantern.dev/examples/contoso https://tokens.dev/a
""".split()
NO_PAGES = """
ftp://lantern.dev/a mailto:a@lantern.dev urn:isbn:1 /azure/intro a.md #top //lantern.dev/a file:///etc/passwd
javascript:alert(1) data:text/html,x http:/lantern.dev http:// https:///a http://user:word@lantern.dev/
http://user@lantern.dev/ http://%server%/a http://a%20b.dev/ http://-a.dev/ http://a;b.dev
http://[fe80::1%25eth0]/ http://a!b.dev/ http://lantern.dev:99999/ http://a..b/ http://[::1 http://%zz/
http://schemas.microsoft.com/winfx/2006/xaml http://schemas.lantern.dev/2009/a http://www.w3.org/2001/XMLSchema
http://www.w3.org/1999/xhtml http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/Win32 http://ns.lantern.dev/x/1.0/
http://xmlns.com/foaf/0.1/ https://schemas.lantern.dev/wbem/wsman/1/config https://lantern.dev/xmlns/a
http://example.com https://www.example.org/a http://a.example https://contoso.com/a https://www.contoso.com
https://contoso.sharepoint.com https://fabrikam.com https://intranet.contoso.com/a http://a.test http://a.invalid
https://my-contoso.azurewebsites.net http://localhost http://localhost:8080/a http://127.0.0.1/ http://[::1]/
http://10.0.0.1/ http://8.8.8.8/ http://2130706433/ http://0x7f.1/ http://0177.0.0.1/ http://server/share
http://printer.local/ https://wiki.corp/ https://git.internal/a http://nas.lan http://router.home.arpa/
https://myserver.lantern.dev/a https://your-site.com https://yourdomain.com/ https://<host>/a https://lantern.dev/{id}
https://lantern.dev/%7Bid%7D https://lantern.dev/$VERSION https://lantern.dev/* https://lantern.dev/...
https://lantern.dev/your-name https://lantern.dev/?id=my_id https://lantern.dev/xxxx
https://lantern.dev/00000000-0000-0000-0000-000000000000 https://api.lantern.dev/v1 https://login.lantern.dev/
https://lantern.dev/oauth2/token https://management.azure.com/ https://lantern.dev/a.asmx?wsdl http://a.onion/
""".split()


@pytest.mark.parametrize("destination", PAGES)
def test_page_is_asked_for(destination: str) -> None:
    assert is_page(destination)


@pytest.mark.parametrize("destination", NO_PAGES)
def test_identifiers_samples_and_placeholders_are_not(destination: str) -> None:
    assert not is_page(destination)


def test_very_long_destination_is_data() -> None:
    assert not is_page("https://lantern.dev/" + "a" * 2000)


@pytest.mark.parametrize(
    "destination", ["http://localhost:80/a", "http://127.0.0.1:81/", "https://wiki.corp/", "http://nas/"]
)
def test_private_pages_are_asked_for_where_a_person_allows_it(destination: str) -> None:
    assert is_page(destination, private=True)
    assert not is_page(destination)


@pytest.mark.parametrize(
    "destination", ["http://contoso.com", "http://schemas.a.dev/", "http://x.test/", "http://<x>/"]
)
def test_what_is_no_page_is_none_anywhere(destination: str) -> None:
    assert not is_page(destination, private=True)


@pytest.mark.parametrize(
    ("destination", "url"),
    [
        ("HTTP://Lantern.DEV", "http://lantern.dev/"),
        ("https://lantern.dev:443/a#b", "https://lantern.dev/a"),
        ("http://lantern.dev:443/a", "http://lantern.dev:443/a"),
        ("https://lantern.dev/a b?q=ä", "https://lantern.dev/a%20b?q=%C3%A4"),
        ("https://lantern.dev?x", "https://lantern.dev/?x"),
        ("https://lantern.dev/?a=1&amp;b=2", "https://lantern.dev/?a=1&b=2"),
        ("https://bücher.dev/", "https://xn--bcher-kva.dev/"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        (" https://lantern.dev/a\r\nX: y ", "https://lantern.dev/a%0D%0AX:%20y"),
    ],
)
def test_url_is_written_one_way(destination: str, url: str) -> None:
    assert address_of(destination) == url
    assert address_of(url) == url


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "https://lantern.dev/b"),
        ("b", "https://lantern.dev/a/b"),
        ("?q", "https://lantern.dev/a/x?q"),
        ("//other.dev/c", "https://other.dev/c"),
        ("http://other.dev#d", "http://other.dev/#d"),
        ("../c", "https://lantern.dev/c"),
        ("/\xc3\xa4", "https://lantern.dev/%C3%A4"),
        ("/\xe4", "https://lantern.dev/%EF%BF%BD"),
        ("file:///etc/passwd", None),
        ("gopher://lantern.dev/", None),
        ("http://a:b@lantern.dev/", None),
        ("http://[", None),
        ("javascript:alert(1)", None),
    ],
)
def test_redirection_is_read(location: str, url: str | None) -> None:
    assert led_to("https://lantern.dev/a/x", location) == url


def test_ampersand_without_a_semicolon_is_no_entity() -> None:
    assert address_of("https://lantern.dev/?a=1&copy=2") == "https://lantern.dev/?a=1&copy=2"


def test_location_is_no_markdown() -> None:
    assert led_to("https://lantern.dev/", "/?a=1&amp;b") == "https://lantern.dev/?a=1&amp;b"
    assert without_fragment("https://lantern.dev/?a=1&amp;b#c") == "https://lantern.dev/?a=1&amp;b"

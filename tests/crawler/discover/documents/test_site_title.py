"""What a site calls itself, from the title of its home page."""

from __future__ import annotations

import pytest

from crawler.discover.documents.site_title import site_title


@pytest.mark.parametrize(
    ("title", "site_name", "url", "name"),
    [
        ("Home | Port of Ister", "", "https://www.port-of-ister.example/", "Port of Ister"),
        ("Home - Ister Port Authority", "", "https://ipa.example/index.html", "Ister Port Authority"),
        ("Ister – Startseite", "ister", "https://stadt.example/de/", "Ister"),
        ("トップ｜Hoshino Lab", "", "https://hoshinolab.example/", "Hoshino Lab"),
        (
            "Port of Ister: the quay of the north",
            "",
            "https://port-of-ister.example/",
            "Port of Ister: the quay of the north",
        ),
        ("Newsroom | Ister Works", "", "https://newsroom.isterworks.example/", "Ister Works"),
        ("Presse | Stadt Ister", "", "https://presse.ister.example/", "Presse | Stadt Ister"),
        ("News - City of Ister", "", "https://news.ister.example/", "News - City of Ister"),
        ("Home | Newsline", "", "https://newsline.example/", "Newsline"),
        ("Home | Welcome", "Tamsk", "https://valdora.example/", "Home | Welcome"),
        ("Ister | Ister Port", "", "https://isterport.example/", "Ister | Ister Port"),
        ("Speeches | Port of Ister", "", "https://port-of-ister.example/speeches", "Speeches | Port of Ister"),
        ("", "Port of Ister", "https://port-of-ister.example/", ""),
    ],
)
def test_a_home_page_is_called_as_its_site_where_that_is_certain(
    title: str, site_name: str, url: str, name: str
) -> None:
    assert site_title(title, site_name, url) == name

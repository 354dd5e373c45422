"""Files that a page offers, built as the server builds them: in another thread, after the run of the page is over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.testing.v1 import AppTest, app_test


@dataclass(frozen=True)
class Downloaded:
    """A file as a browser gets it."""

    name: str
    mime: str
    content: bytes


@dataclass
class Downloads:
    """The files of the pages of one test. A page under test has the server's own keeper of files, which is thrown away: it is kept here."""

    kept: list[MediaFileManager] = field(default_factory=list)

    def keep(self, *args: Any) -> MediaFileManager:
        self.kept.append(MediaFileManager(*args))
        return self.kept[-1]

    def names(self, page: AppTest) -> dict[str, str]:
        """What each file is called that the page offers, by the key of its button."""
        return {
            str(button.key): str(self.kept[-1]._deferred_callables[button.proto.deferred_file_id]["filename"])
            for button in page.download_button
        }

    def press(self, page: AppTest, key: str) -> Downloaded:
        """The file behind a button of the page as it was drawn last."""
        files = self.kept[-1]
        with ThreadPoolExecutor(1) as server:
            place = page.download_button(key=key).proto.deferred_file_id
            address = server.submit(files.execute_deferred, place).result()
        found = files.read_file(address.rpartition("/")[2])
        assert found is not None
        return Downloaded(str(found.filename), found.mimetype, found.content)


def keep_downloads(monkeypatch: pytest.MonkeyPatch) -> Downloads:
    """Keep the files of every page that this test opens from now on."""
    downloads = Downloads()
    monkeypatch.setattr(app_test, "MediaFileManager", downloads.keep)
    return downloads

"""A page that is held back for a moment: what goes wrong meanwhile undoes nothing that was saved."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from storage.records import Records
from web.pages.waiting import is_upload, wait_checked


@pytest.mark.parametrize("is_away", [True, False])
def test_a_wait_ends_where_the_database_is_away_or_the_record_is_gone(service, tmp_path, is_away):
    store = service.store
    if is_away:
        store = replace(store, records=Records(f"sqlite:///{tmp_path / 'absent' / 'records.sqlite'}"))
    with ThreadPoolExecutor(1) as pool:  # the browser's tests keep a loop of their own in this thread
        pool.submit(asyncio.run, wait_checked(store, "north", "0" * 32, is_upload)).result()

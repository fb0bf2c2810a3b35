"""Garbage collections of the web app: what is loaded for good is no more looked through."""

import gc

from web.app import shorten_collections


def test_what_was_loaded_is_left_out_of_collections_and_what_comes_later_is_not():
    before = gc.get_threshold()
    loaded: list[list[int]] = [[]]
    shorten_collections()
    try:
        later: list[list[int]] = [[]]
        looked_through = {id(thing) for thing in gc.get_objects()}
        assert id(loaded) not in looked_through
        assert id(later) in looked_through
        assert gc.get_threshold()[0] > before[0]
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)

"""A handbook: a folder of Markdown that becomes articles of one space.

There is no page tree yet, so the folder's structure is kept in two ways. The folder a page lies in, first below the one
that holds them all, becomes its topic. And each such folder gets an article "Contents: …" that lists its pages as the
folders nest, with "Contents" above them all; a link to a folder without a page of its own leads there.
"""

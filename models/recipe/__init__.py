"""The recipe of the bundled Indonesian-English model: from pairs of sentences to `models/id-en`.

Run it with `python -m models.recipe all --help` from the top of the repository. It is no part of
the installed package: it needs torch and transformers, a corpus, and hours.
"""

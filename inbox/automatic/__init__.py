"""Texts that numbers send by themselves: when, which, in whose language. No tables here.

``rules`` says which text a message is answered with, ``advertising`` what may not be in one,
``wording`` which variant somebody gets and how it reads.
"""

"""Opening hours: when somebody is there to answer. Pure reckoning, no tables and no clock.

``plan`` says which hours a day has, ``public_holidays`` which days are holidays, and
``reckoning`` what follows: open now, open again, how much open time lies between.
"""

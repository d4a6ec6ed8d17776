"""The live room: one open connection per browser tab, and who is looking at what.

``stream`` answers ``GET /live/``; ``hub`` hears hints and passes each to those who may know;
``sources`` is where hints come from; ``audience`` knows who may hear what; ``attendance`` who
is here; ``presence`` who looks at or writes in which conversation.
"""

"""The clock reads: sources → publications → items and events.

One process opens `gathering.opened(options)` and a `polling.Poller`, and ticks these periodic jobs:

====================  =========  ======================================================================
name                  every      call
====================  =========  ======================================================================
poll                  2 s        ``poller.tick(now)``: starts what is due and returns at once
read_unread           5 s        ``unread.read_unread(database, reader, now)``: what handlers wrote down
tell_of_health        60 s       ``upkeep.tell_of_health(database, now, language)``
tell_of_questions     30 s       ``upkeep.tell_of_questions(database, now, language)``
tidy                  1 h        ``upkeep.tidy(database, now)``
====================  =========  ======================================================================

`gathering.Gathering.detector.probe` is what `handlers.dispatcher.build(probe=…)` is handed. At the end:
``await poller.close()`` before the context of `gathering.opened` is left.
"""

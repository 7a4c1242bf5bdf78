"""A local Telegram: the Bot API with its limits and refusals, people who talk to the bot, and a chat page.

In a test, in one event loop with the bot:

    async with Sandbox() as sandbox:              # from sandbox.server import Sandbox
        ann = sandbox.person("Анна Петрова")      # a bot connects to sandbox.url with sandbox.token
        await ann.start("e_12")                   # or send("…"), send_location(…), send_document(…)
        card = await ann.expects("форум")         # waits for a new or edited message; card.html, card.labels
        await ann.press("Приду")                  # by the words or the data of a button
        assert await ann.answer() == "Записано"   # the toast or alert

    group = sandbox.supergroup("ТОС", ann, topics=("Новости",), bot_status="administrator")
    sandbox.fault(Fault(FaultKind.RESET, rate=0.1))      # sandbox.faults; twelve ways to fail and more
    sandbox.limit(Limits(counting="window"))             # sandbox.limits; bucket by default, or Limits.off()
    sandbox.ledger.count(ann.id, "текст")                # how many copies were accepted

For very many recipients: `Sandbox(population=range(1, 1_000_001), keep_messages=False)`. By hand, with the chat page
at its address: `python -m sandbox`. Acts for scripts and other processes: POST /control/<act>, see sandbox.control.

The way of a call: server → bot_api (HTTP, faults) → parameters (the table of the Bot API) → methods → world;
people and control act from the other side, through acts. What it does not do, it refuses aloud.
"""

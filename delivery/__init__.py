"""The clock writes: mailings become deliveries, deliveries become messages; digests, reminders, pacing, recovery.

`sender.Sender.run` sends. The rest are periodic jobs, each ``call(database, now)``, short and safe to repeat:

| name | every | call |
|---|---|---|
| match | 5 s | matching.match_new |
| announce | 5 s | scheduled.announce_due |
| digests | 60 s | digests.start_digests |
| bundles | 60 s | digests.bundle_waiting |
| remind | 30 s | reminding.remind_due |
| tell | 30 s | telling.tell_changes |
| recover | 30 s | recovery.recover |
"""

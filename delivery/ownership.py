"""The name under which this process holds a lease, and whether the process behind another name is dead.

After a crash on the same machine nobody has to wait until the lease of the dead runs out.
"""

import os
import uuid
from hashlib import sha256
from itertools import count
from pathlib import Path

_PROCESS = uuid.uuid4().hex[:8]
_numbers = count()


def new_owner() -> str:
    """machine:pid:process:number, where the machine is one boot of one set of process ids."""
    return f"{_machine()}:{os.getpid()}:{_PROCESS}:{next(_numbers)}"


def is_gone(owner: str) -> bool:
    """Whether the owner is known to be dead; of another machine's processes nothing is known."""
    machine, _, rest = owner.partition(":")
    pid, _, process = rest.partition(":")
    if not machine or machine != _machine() or not pid.isdecimal():
        return False
    if int(pid) == os.getpid():
        return process.partition(":")[0] != _PROCESS  # our number was another process's before
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _machine() -> str:
    """Empty where the system does not tell containers and boots apart."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        namespace = Path("/proc/self/ns/pid").readlink()
    except OSError:
        return ""
    return sha256(f"{boot} {namespace}".encode()).hexdigest()[:12]

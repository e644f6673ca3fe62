"""The most memory that this process ever held, as the operating system counts it."""

from __future__ import annotations

import sys
from pathlib import Path

__all__ = ["peak_memory_mb"]


def peak_memory_mb() -> float | None:
    """Resident memory at its highest, in MB (10⁶ bytes); ``None`` where the system does not tell."""
    if sys.platform == "linux":
        # Not getrusage: after a spawn it answers with the parent's peak where that was higher.
        status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next((int(line.split()[1]) * 1024 / 1e6 for line in status if line.startswith("VmHWM:")), None)
    elif sys.platform == "win32":  # noqa: RET505
        return _windows_peak_mb()
    else:
        import resource

        # macOS counts in bytes, the BSDs in kilobytes.
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _windows_peak_mb() -> float | None:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            *(
                (name, ctypes.c_size_t)
                for name in ("PeakWorkingSetSize", "WorkingSetSize", "a", "b", "c", "d", "e", "f")
            ),
        )

    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined, unused-ignore]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD)
    counters = Counters(cb=ctypes.sizeof(Counters))
    if not kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb):
        return None
    return float(counters.PeakWorkingSetSize) / 1e6

"""つばさ市 住民記録システム: a stand-in for a vendor's core system, with its own screens, rules and database.

It knows nothing of munibots: no module in this package imports anything from outside the package except the standard library,
Starlette, uvicorn and Jinja2. Bots meet it as they meet a real system, through the browser; tests look into its database
with :func:`read_records`. Every screen, element id and code is listed in this package's ``README.md``.
"""

from munibots.demo.core_system.process import CoreSystemProcess, CoreSystemStartError, start_core_system
from munibots.demo.core_system.records import Person, Record, read_records

__all__ = ["CoreSystemProcess", "CoreSystemStartError", "Person", "Record", "read_records", "start_core_system"]

"""What each page is to its case, and how many pages the file has that it came in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0001"


def upgrade() -> None:
    # Cases that were taken in before have neither: every page was a document of its own.
    op.add_column("mb_case", sa.Column("page_roles", sa.JSON()))
    op.add_column("mb_case", sa.Column("file_pages", sa.Integer()))

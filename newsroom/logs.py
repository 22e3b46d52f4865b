"""Log lines that a machine reads: one JSON object each."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

current_request: ContextVar[str] = ContextVar("current_request", default="")

# Secrets of tokens and webhooks begin with a prefix of their own: should one reach a message, it stops here.
_SECRET = re.compile(r"\b(nrt_|nrw_)[0-9A-Za-z]{8,}")


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message, request id and traceback; never a body, cookie or token."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _without_secrets(record.getMessage()),
            "request": current_request.get(),
        }
        if record.exc_info:
            line["traceback"] = _without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def _without_secrets(text: str) -> str:
    return _SECRET.sub(r"\1…", text)

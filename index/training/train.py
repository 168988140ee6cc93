"""The training loop: one vector per piece, texts are means of vectors, InfoNCE in both directions.

While training, a piece's vector is its own plus the mean of its sub-units' (``tokenizer.subunits``); the
sum is folded into one table at the end. Only the rows a batch touches are updated (a lazy Adam).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from index.training.data import Group
from index.training.tokenizer import subunits

Array = np.ndarray


@dataclass(frozen=True)
class Settings:
    """What decides the result; written to the model card."""

    dimension: int = 256
    vocabulary: int = 42_000
    epochs: int = 3
    batch: int = 2048
    temperature: float = 0.1
    learning_rate: float = 0.02
    final_rate: float = 0.05
    """The learning rate's last value as a part of its first."""
    frequency_start: float = 1e-3
    """Frequent pieces start small: a/(a+p). 0 starts all alike."""
    seed: int = 20_25
    threads: int = 1


class Ragged:
    """Lists of whole numbers in one array."""

    def __init__(self, lists: Sequence[Sequence[int]]) -> None:
        self.offsets = np.zeros(len(lists) + 1, dtype=np.int64)
        np.cumsum([len(item) for item in lists], out=self.offsets[1:])
        self.values = np.fromiter((v for item in lists for v in item), dtype=np.int64, count=self.offsets[-1])

    def take(self, index: Array) -> tuple[Array, Array]:
        """The values of some lists, joined, and where each list starts."""
        starts, lengths = self.offsets[index], self.offsets[index + 1] - self.offsets[index]
        begins = np.zeros(len(index), dtype=np.int64)
        np.cumsum(lengths[:-1], out=begins[1:])
        positions = np.arange(lengths.sum()) + np.repeat(starts - begins, lengths)
        return self.values[positions], begins


class Rows:
    """A table of which each step reads and updates a few rows."""

    def __init__(self, start: torch.Tensor) -> None:
        self.table = start
        self.mean = torch.zeros_like(start)
        self.square = torch.zeros_like(start)
        self.index = torch.zeros(0, dtype=torch.long)
        self.rows = start[:0]

    def read(self, index: torch.Tensor) -> torch.Tensor:
        self.index = index
        self.rows = self.table[index].requires_grad_()
        return self.rows

    def update(self, rate: float, step: int) -> None:
        gradient = self.rows.grad
        if gradient is None:
            return
        mean = self.mean[self.index].mul_(0.9).add_(gradient, alpha=0.1)
        square = self.square[self.index].mul_(0.999).addcmul_(gradient, gradient, value=0.001)
        self.mean[self.index], self.square[self.index] = mean, square
        change = (mean / (1 - 0.9**step)) / ((square / (1 - 0.999**step)).sqrt_() + 1e-8)
        self.table[self.index] = self.rows.detach() - rate * change


@dataclass
class Encoded:
    a: Ragged
    b: Ragged
    same: Array
    """A number per text ``b``: equal texts have equal numbers."""
    same_a: Array


def encode_group(group: Group, tokenizer: Tokenizer) -> Encoded:
    """The pieces of a group's pairs; pairs with an empty side are dropped."""

    def ids(texts: list[str]) -> list[list[int]]:
        found: list[list[int]] = []
        for begin in range(0, len(texts), 20_000):
            encodings = tokenizer.encode_batch(texts[begin : begin + 20_000], add_special_tokens=False)
            found += [[i for i in encoding.ids[:256] if i] for encoding in encodings]
        return found

    a, b = ids([pair.a for pair in group.pairs]), ids([pair.b for pair in group.pairs])
    keep = [i for i in range(len(a)) if a[i] and b[i]]
    numbers: dict[tuple[int, ...], int] = {}
    same_a = [numbers.setdefault(tuple(a[i]), len(numbers)) for i in keep]
    same_b = [numbers.setdefault(tuple(b[i]), len(numbers)) for i in keep]
    if group.linked:
        parent = list(range(len(numbers)))

        def root(number: int) -> int:
            while parent[number] != number:
                parent[number] = parent[parent[number]]
                number = parent[number]
            return number

        for left, right in zip(same_a, same_b, strict=True):
            parent[root(left)] = root(right)
        same_a = same_b = [root(number) for number in same_a]
    return Encoded(
        Ragged([a[i] for i in keep]), Ragged([b[i] for i in keep]), np.array(same_b), np.array(same_a)
    )


def plan(sizes: Sequence[tuple[int, float]], batch: int, rng: np.random.Generator) -> list[tuple[int, Array]]:
    """One epoch's batches, each of a single group, in random order."""
    batches: list[tuple[int, Array]] = []
    for number, (size, repeat) in enumerate(sizes):
        whole, rest = int(repeat), repeat - int(repeat)
        rounds = [rng.permutation(size) for _ in range(whole)]
        if rest:
            rounds.append(rng.permutation(size)[: int(size * rest)])
        for order in rounds:
            parts = max(1, math.ceil(len(order) / batch))
            batches += [(number, part) for part in np.array_split(order, parts) if len(part) > 1]
    return [batches[i] for i in rng.permutation(len(batches))]


def train(
    groups: Sequence[Group],
    tokenizer: Tokenizer,
    settings: Settings,
    say: Callable[[str], None] = print,
) -> Array:
    """The table of vectors, float32, one row per piece of the tokenizer; row 0 (unknown) is zero."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    rng = np.random.default_rng(settings.seed)
    size, dimension = tokenizer.get_vocab_size(), settings.dimension
    encoded = [encode_group(group, tokenizer) for group in groups]
    say("pairs: " + ", ".join(f"{g.name} {len(e.same)}" for g, e in zip(groups, encoded, strict=True)))

    unit_numbers: dict[str, int] = {}
    unit_lists: list[list[int]] = []
    for number in range(size):
        piece = tokenizer.id_to_token(number) or ""
        unit_lists.append(
            [unit_numbers.setdefault(u, len(unit_numbers)) for u in subunits(piece)] if number else []
        )
    units = Ragged(unit_lists)

    seen = np.ones(size)
    for group, item in zip(groups, encoded, strict=True):
        for side in (item.a, item.b):
            seen += np.bincount(side.values, minlength=size) * group.repeat
    share = seen / seen.sum()
    a = settings.frequency_start
    weight = a / (a + share) if a else np.ones(size)
    scale = 1.0 / math.sqrt(dimension)
    start = torch.randn(size, dimension) * scale * torch.from_numpy(weight).float()[:, None]
    own = Rows(start)
    shared = Rows(torch.randn(max(1, len(unit_numbers)), dimension) * scale * 0.5)

    steps_per_epoch = len(
        plan(
            [(len(e.same), g.repeat) for g, e in zip(groups, encoded, strict=True)],
            settings.batch,
            np.random.default_rng(0),
        )
    )
    total = max(1, steps_per_epoch * settings.epochs)
    step, begun, running = 0, time.perf_counter(), 0.0
    for epoch in range(settings.epochs):
        sizes = [(len(e.same), g.repeat) for g, e in zip(groups, encoded, strict=True)]
        for number, index in plan(sizes, settings.batch, rng):
            step += 1
            item = encoded[number]
            values_a, begins_a = item.a.take(index)
            values_b, begins_b = item.b.take(index)
            pieces, inverse = np.unique(np.concatenate([values_a, values_b]), return_inverse=True)
            unit_values, unit_begins = units.take(pieces)
            used, unit_inverse = np.unique(unit_values, return_inverse=True)
            table = own.read(torch.from_numpy(pieces))
            if len(used):
                table = table + F.embedding_bag(
                    torch.from_numpy(unit_inverse),
                    shared.read(torch.from_numpy(used)),
                    torch.from_numpy(unit_begins),
                    mode="mean",
                )
            n = len(values_a)
            inverse_t = torch.from_numpy(inverse)
            x = F.embedding_bag(inverse_t[:n], table, torch.from_numpy(begins_a), mode="mean")
            y = F.embedding_bag(inverse_t[n:], table, torch.from_numpy(begins_b), mode="mean")
            logits = F.normalize(x) @ F.normalize(y).T / settings.temperature
            same_b, same_a = torch.from_numpy(item.same[index]), torch.from_numpy(item.same_a[index])
            equal = (same_b[:, None] == same_b[None]) | (same_a[:, None] == same_a[None])
            equal.fill_diagonal_(False)
            logits = logits.masked_fill(equal, -1e4)
            goal = torch.arange(len(index))
            loss = (F.cross_entropy(logits, goal) + F.cross_entropy(logits.T, goal)) / 2
            loss.backward()  # type: ignore[no-untyped-call]
            part = step / total
            rate = (
                settings.learning_rate
                * min(1.0, step / (0.03 * total + 1))
                * (settings.final_rate + (1 - settings.final_rate) * (1 - part))
                * scale
                * 4
            )
            own.update(rate, step)
            if len(used):
                shared.update(rate, step)
            running = loss.item() if step == 1 else 0.98 * running + 0.02 * loss.item()
            if step % 100 == 0:
                seconds = time.perf_counter() - begun
                say(f"epoch {epoch + 1} step {step}/{total} loss {running:.3f} {seconds:.0f} s")

    all_values, all_begins = units.take(np.arange(size))
    folded = own.table
    if len(unit_numbers):
        folded = folded + F.embedding_bag(
            torch.from_numpy(all_values), shared.table, torch.from_numpy(all_begins), mode="mean"
        )
    folded[0] = 0.0
    return folded.detach().numpy().astype(np.float32)

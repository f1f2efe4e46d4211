"""What a picture costs: seconds and bytes to take it in, by format, and to make each variant.

The floor is what Pillow does at its plainest with the same pixels in this process: open, resize to
750 × 1000, save as JPEG. Ours starts a limited process for every picture, decodes the whole, turns
it and its colours, and makes every format within its budget. Both take turns, so that a noisy
machine hurts both. Seconds are of the processor (user + system, children included), median.

    .venv/bin/python bench/pictures.py [--rounds 5] [--width 4000] [--height 3000] [FILE …]

Without files two are drawn: one soft with grain, and the noise that is hardest to make small.
"""

import argparse
import io
import random
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import Babel
from PIL import Image
from pillow_heif import from_pillow

from swipe.media import variants
from swipe.media.decoding import MAX_BYTES, decode
from swipe.media.encoding import encode

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88},
    "PNG": {"compress_level": 1},
    "WEBP": {"quality": 80, "method": 0},
    "AVIF": {"quality": 60, "speed": 10},
}


def drawn(size: tuple[int, int], grain: float) -> Image.Image:
    """Return soft colours with so much grain, from 0 to 1, the same every time."""
    chance, half = random.Random(1), (size[0] // 2, size[1] // 2)
    soft = Image.frombytes("RGB", (16, 12), chance.randbytes(16 * 12 * 3))
    noise = Image.frombytes("L", half, chance.randbytes(half[0] * half[1]))
    soft, noise = (one.resize(size, Image.Resampling.BICUBIC) for one in (soft, noise))
    return Image.blend(soft, noise.convert("RGB"), grain)


def upload(picture: Image.Image, kind: str) -> bytes:
    """Return a picture as a phone would send it."""
    out = io.BytesIO()
    if kind == "HEIF":
        from_pillow(picture).save(out, quality=60, enc_params={"preset": "ultrafast"})
    else:
        picture.save(out, kind, **OPTIONS[kind])
    return out.getvalue()


def floor(data: bytes) -> bytes:
    """Return what the plainest program would store."""
    out = io.BytesIO()
    Image.open(io.BytesIO(data)).convert("RGB").resize((750, 1000)).save(out, "JPEG")
    return out.getvalue()


def used() -> float:
    """Return the processor seconds of this process and of the children that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return processor seconds, seconds on the clock, and what the work gave back."""
    cpu, wall = used(), time.monotonic()
    result = work()
    return used() - cpu, time.monotonic() - wall, result


def row(label: str, cpu: list[float], wall: list[float], size: int) -> None:
    """Print one line of the table."""
    middle, clock = statistics.median(cpu), statistics.median(wall)
    print(f"  {label:<28} {middle:7.3f} s   {clock:7.3f} s   {size / 1024:9.1f} KiB")


def decoding(picture: Image.Image, rounds: int) -> tuple[dict[str, float], bytes]:
    """Measure taking a picture in, by format, beside the floor; return seconds and a master."""
    middle, master = {}, b""
    for kind in FORMATS:
        data = upload(picture, kind)
        if len(data) > MAX_BYTES:
            print(f"  {kind} would be {len(data) / 1024:.0f} KiB, which is over the limit")
            continue
        times: dict[str, tuple[list[float], list[float]]] = {"ours": ([], []), "floor": ([], [])}
        for _round in range(rounds):
            for label, work in (("ours", decode), ("floor", floor)):
                if label == "floor" and kind == "HEIF":
                    continue  # plain Pillow cannot open it
                cpu, wall, found = timed(lambda work=work, data=data: work(data))
                times[label][0].append(cpu)
                times[label][1].append(wall)
                master = found[2] if label == "ours" else master
        middle[kind] = statistics.median(times["ours"][0])
        row(f"{kind} to a master", *times["ours"], len(data))
        if times["floor"][0]:
            middle[f"{kind} floor"] = statistics.median(times["floor"][0])
            row(f"{kind} floor", *times["floor"], len(floor(data)))
    return middle, master


def making(master: bytes, rounds: int) -> float:
    """Measure the variants of one master; return seconds for all."""
    cpu, wall = [], []
    for _round in range(rounds):
        one, clock, cut = timed(lambda: encode(master, (50, 50)))
        cpu.append(one)
        wall.append(clock)
    row("every variant of a master", cpu, wall, sum(len(one.data) for one in cut.variants))
    for one in cut.variants:
        light = ", for a first card" if one.first else ""
        print(f"      {one.ending:<5}{one.width:>4} px {len(one.data) / 1024:29.1f} KiB{light}")
    return statistics.median(cpu)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    for name, usual in (("rounds", 5), ("width", 4000), ("height", 3000)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    size = (asked.width, asked.height)
    pictures = {path.name: Image.open(path).convert("RGB") for path in asked.files}
    pictures = pictures or {"soft with grain": drawn(size, 0.08), "noise": drawn(size, 1)}
    app = Flask(__name__)
    Babel(app)
    print(f"Pillow {Image.__version__}, AVIF speed {variants.AVIF_SPEED}, {asked.rounds} rounds")
    with app.app_context():
        for name, picture in pictures.items():
            print(f"\n{name}, {picture.width} × {picture.height}")
            print(f"  {'':<28} {'processor':>9}   {'clock':>9}   {'bytes':>13}")
            middle, master = decoding(picture, asked.rounds)
            made = making(master, asked.rounds)
            if "JPEG" not in middle:
                continue
            whole, plain = middle["JPEG"] + made, middle["JPEG floor"]
            print(f"  a JPEG from upload to ready: {whole:.2f} s, {whole / plain:.1f} × the floor")


if __name__ == "__main__":
    main()

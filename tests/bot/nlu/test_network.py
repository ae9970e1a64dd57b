import numpy as np
import pytest
from scipy import sparse

from bot.nlu.network import Network, Training, softmax, train

SMALL = Training(epochs=30, hidden=8, seed=1)


def data() -> tuple[sparse.csr_matrix, np.ndarray]:
    """Return a pattern no linear model can learn: label one where exactly one feature is there."""
    corners = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], np.float32)
    return sparse.csr_matrix(np.tile(corners, (60, 1))), np.tile([0, 1, 1, 0], 60)


@pytest.fixture(scope="module")
def network() -> Network:
    matrix, labels = data()
    return train(matrix, labels, 2, Training(epochs=60, hidden=16, drop_hidden=0.2, seed=1))


def test_it_learns_what_features_mean_together(network: Network) -> None:
    matrix, labels = data()
    assert (network.scores_of(matrix).argmax(axis=1) == labels).mean() == 1.0


def test_one_message_scores_as_it_does_among_many(network: Network) -> None:
    matrix, _ = data()
    one = network.scores(np.array([1, 2]), np.ones(2, np.float32))
    assert one == pytest.approx(network.scores_of(matrix)[1], abs=1e-5)


def test_training_twice_gives_the_same_network() -> None:
    matrix, labels = data()
    first, second = (train(matrix, labels, 2, SMALL).arrays() for _ in range(2))
    assert all((first[name] == second[name]).all() for name in first)


def test_training_leaves_its_examples_as_they_were() -> None:
    matrix, labels = data()
    before = matrix.toarray()
    train(matrix, labels, 2, SMALL)
    assert (matrix.toarray() == before).all()


def test_a_feature_of_one_example_is_left_out() -> None:
    matrix, labels = data()
    rare = sparse.lil_matrix((matrix.shape[0], 1))
    rare[0, 0] = 1
    network = train(sparse.hstack([matrix, rare]).tocsr(), labels, 2, SMALL)
    assert list(network.place) == [0, 1, 2, -1]
    with_rare = network.scores(np.array([0, 3]), np.ones(2, np.float32))
    assert with_rare == pytest.approx(network.scores(np.array([0]), np.ones(1, np.float32)))


def test_probabilities_add_up_to_one_even_for_large_scores() -> None:
    chances = softmax(np.array([[1000.0, 0.0], [1.0, 1.0]], np.float32))
    assert chances == pytest.approx(np.array([[1.0, 0.0], [0.5, 0.5]]))

"""What one follower read of the record serves the next that has read as far, and nobody else."""

import pytest

from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.projections import Reading
from watercooler.spine.activity.worker import follow, tell_the_planner

pytestmark = pytest.mark.django_db


@pytest.fixture
def positions(company):
    for n in range(4):
        company.question(f"Which sensor on frame {n}?")
    follow()
    return list(Activity.objects.order_by("position").values_list("position", flat=True))


def read(reading, position, limit):
    return [activity.position for activity in reading.after(position, limit)]


def test_followers_at_other_positions_read_their_own_part(positions):
    reading = Reading()
    assert read(reading, 0, 100) == positions
    assert read(reading, positions[1], 100) == positions[2:]
    assert read(reading, positions[0], 100) == positions[1:]


@pytest.mark.parametrize("limits", [(2, 100), (100, 2), (2, 3), (3, 2), (2, 2)])
def test_followers_of_other_limits_get_as_many_as_they_take(positions, limits):
    reading = Reading()
    for limit in limits:
        assert read(reading, 0, limit) == positions[:limit]


def test_a_whole_batch_is_read_once_for_all(positions, count_queries):
    reading = Reading()
    read(reading, positions[0], 100)
    with count_queries() as queries:
        assert read(reading, positions[0], 200) == positions[1:]
    assert not len(queries)


def analysed(count_queries):
    with count_queries() as queries:
        tell_the_planner()
    return [sql for sql in queries if sql.startswith("analyze")]


def test_no_statistics_are_taken_of_tables_without_rows(count_queries):
    """Else rows that an import has not committed yet would be remembered as pages without rows."""
    assert not any("content_item" in sql for sql in analysed(count_queries))


def test_statistics_are_taken_of_what_is_there(positions, count_queries):
    [statement] = analysed(count_queries)
    assert "content_item (id" in statement
    assert "activity_activity" in statement
    assert "social_helped" not in statement

"""The evaluation's own arithmetic, and the layouts of judged collections that it reads."""

import gzip
import json
import math
import tarfile
from contextlib import ExitStack

import pytest

from tests import forums
from watercooler.config.commands import evaluate
from watercooler.config.evaluation import communities, judged, meaning, progress, related
from watercooler.config.evaluation.bm25 import BM25
from watercooler.config.evaluation.folders import opened
from watercooler.config.evaluation.outcome import Outcome, compare
from watercooler.config.evaluation.search import ndcg, recall
from watercooler.config.problems import CannotRun, Misused


def test_bm25_is_the_textbooks():
    index = BM25({"a": {"frost": 2, "coil": 1}, "b": {"frost": 1}, "c": {"oven": 4}}, k1=1.2, b=0.75)
    # By hand: a 2 × 2.2 ÷ (2 + 1.3125) = 1.328, b 2.2 ÷ (1 + 0.6375) = 1.343.
    assert index.best({"frost": 1}, 10) == ["b", "a"]
    assert index.best({"frost": 1}, 10, without={"b"}) == ["a"]
    assert index.best({"coil": 1, "oven": 1}, 1) == ["c"]
    assert index.best({"nothing": 1}, 10) == []


def test_measures():
    assert recall(["a", "x"], {"a": 1, "b": 1}) == 0.5
    assert ndcg(["a", "b"], {"a": 2, "b": 1}) == 1
    assert ndcg(["x", "a"], {"a": 1}) == pytest.approx(1 / math.log2(3))
    assert ndcg(["x"], {"a": 1, "b": 0}) == 0


def test_a_ratio_has_an_interval_that_holds_it():
    ours = [1.0, 0.5, 1.0, 0.0] * 25
    found = compare("x", "recall@10", ours, {"weak": [0.1] * 100, "BM25": [0.5, 0.5, 0.5, 0.0] * 25})
    assert found.ratio == pytest.approx(2.5 / 1.5)
    assert found.interval[0] < found.ratio < found.interval[1]
    same = compare("x", "recall@10", ours, {"BM25": ours})
    assert same.interval == (1, 1)
    with pytest.raises(ValueError, match="no case"):
        compare("x", "recall@10", [], {"BM25": []})


def test_the_headline_stands_on_top_of_the_json():
    first, second = (compare(name, "recall@10", [1.0], {"BM25": [0.5]}) for name in ("one", "two"))
    told = Outcome("search", [first, second]).as_json()
    assert (told["method"], told["baselines"], told["ratio"], told["n"]) == (1.0, {"BM25": 0.5}, 2.0, 1)
    assert [c["name"] for c in told["comparisons"]] == ["one", "two"]
    json.dumps(told)


def test_what_cannot_be_evaluated_is_said_in_a_sentence(tmp_path):
    for words in ([], ["nonsense"], ["search"], ["search", str(tmp_path / "missing")], ["search", str(tmp_path)]):
        with pytest.raises(Misused):
            evaluate.run(words)


def test_what_cannot_be_evaluated_is_valid_json_too(tmp_path, capsys):
    (tmp_path / "1.json").write_text('{"nothing": "of a forum"}')
    for name in evaluate.EVALUATIONS:
        with pytest.raises(CannotRun, match=r"[.]$"):
            evaluate.run([name, str(tmp_path), "--json"])
        told = json.loads(capsys.readouterr().out)
        assert (told["evaluation"], told["n"], told["comparisons"], len(told["notes"])) == (name, 0, [], 1)


def test_archives_of_folders_are_unpacked_and_other_files_refused(tmp_path):
    (tmp_path / "tea").mkdir()
    (tmp_path / "tea" / "Posts.xml").write_text("<posts></posts>")
    with tarfile.open(tmp_path / "tea.tar.xz", "w:xz") as archive:
        archive.add(tmp_path / "tea", "tea")
    with ExitStack() as needs:
        plain, packed = opened([str(tmp_path / "tea"), str(tmp_path / "tea.tar.xz")], needs)
        assert [path.name for path in (*plain.iterdir(), *packed.iterdir())] == ["Posts.xml"] * 2
        assert packed.name == "tea"
    assert not packed.exists()
    for word in ("missing", "tea/Posts.xml"):
        with ExitStack() as needs, pytest.raises(Misused, match=word):
            opened([str(tmp_path / word)], needs)


def test_how_far_it_is_is_said_now_and_then(monkeypatch, capsys):
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0)
    assert list(progress.told("ab", 2, "searches")) == ["a", "b"]
    assert capsys.readouterr().err == "  1 of 2 searches\n  2 of 2 searches\n"
    assert [progress.every_nth(count, 10) for count in (0, 10, 11, 25)] == [1, 1, 2, 3]


def test_the_extra_under_measurement_is_a_folder_that_can_be_loaded(tmp_path):
    with pytest.raises(Misused, match="--semantic"):
        evaluate.run(["search", str(tmp_path), "--semantic"])
    with pytest.raises(CannotRun, match=r"holds no model\.onnx"):
        evaluate.run(["search", "--semantic", str(tmp_path), str(tmp_path)])
    assert meaning.taken_from(["a", "b"]) == (["a", "b"], None)


def check(collection):
    assert collection.documents["d1"].title == "Wing flow"
    assert "slipstream < here" in collection.documents["d1"].text
    assert set(collection.documents) == {"d1", "d2"}
    assert collection.queries == {"1": "what of wings", "2": "what of heat"}
    assert collection.relevant == {"1": {"d1": 2, "d2": 0}}


def test_trec_markup(tmp_path):
    (tmp_path / "docs.xml").write_text(
        "<DOC><DOCNO> d1 </DOCNO><TITLE>Wing\nflow</TITLE><TEXT>In a slipstream &lt; here.</TEXT></DOC>\n"
        "<DOC><DOCNO>d2</DOCNO><TEXT>Heat.</TEXT></DOC>"
    )
    (tmp_path / "topics.txt").write_text(
        "<top>\n<num> Number: 1\n<title> what of wings\n<desc> Description: more\n</top>\n"
        "<top><num>2</num><title>what of heat</title></top>"
    )
    (tmp_path / "qrels.txt").write_text("1 0 d1 2\n1 0 d2 0\n2 0 d1 0\n9 0 d1 1\n")
    (tmp_path / "README.txt").write_text("<doc> no document")
    check(judged.read(tmp_path))


def test_beir_lines(tmp_path):
    corpus = [{"_id": "d1", "title": "Wing flow", "text": "In a slipstream < here."}, {"_id": "d2", "text": "Heat."}]
    with gzip.open(tmp_path / "corpus.jsonl.gz", "wt") as file:
        file.write("\n".join(map(json.dumps, corpus)))
    queries = [{"_id": "1", "text": "what of wings"}, {"_id": "2", "text": "what of heat"}]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)) + "\n")
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n1\td1\t2\n1\td2\t0\n")
    (tmp_path / "qrels" / "train.tsv").write_text("query-id\tcorpus-id\tscore\n2\td1\t1\n")
    check(judged.read(tmp_path))


def test_tab_separated(tmp_path):
    (tmp_path / "collection.tsv").write_text("d1\tWing flow\tIn a slipstream < here.\nd2\t\tHeat.\n")
    (tmp_path / "queries.tsv").write_text("1\twhat of wings\n2\twhat of heat\n")
    (tmp_path / "set.qrel").write_text("01 Q0 d1 2\n01 Q0 d2 0\n")
    check(judged.read(tmp_path))


def test_communities_keep_only_links_between_their_questions(tmp_path):
    (tmp_path / "Posts.xml").write_text(
        '<posts><row Id="1" PostTypeId="1" Title="One" Body="&lt;p&gt;b" Tags="&lt;ale&gt;" Score="3"'
        ' CreationDate="2020-01-01T00:00:00" AcceptedAnswerId="3"/>'
        '<row Id="2" PostTypeId="1" Title="Two" Body="b" CreationDate="2020-01-01T00:00:00"/>'
        '<row Id="3" PostTypeId="2" ParentId="1" Body="a" Score="2" CreationDate="2020-01-02T00:00:00"/></posts>'
    )
    (tmp_path / "PostLinks.xml").write_text(
        "<postlinks>"
        + "".join(
            f'<row Id="{n}" PostId="{one}" RelatedPostId="{other}" LinkTypeId="1" CreationDate="2020-01-02T00:00:00"/>'
            for n, one, other in [(1, 1, 2), (2, 1, 3), (3, 2, 2)]
        )
        + "</postlinks>"
    )
    assert related.is_community(tmp_path)
    found = related.read(tmp_path)
    assert found.related == {"1": {"2"}}
    assert [answer.name for answer in found.questions["1"].answers] == ["3"]
    assert found.questions["1"].topics == ["ale"]


def test_the_older_form(tmp_path):
    (tmp_path / "WINGS.ALL").write_text(
        ".X\n.I d1\n.T\nWing\nflow\n.A\nNobody\n.W\nIn a slipstream < here.\n.X\n1 2 3\n.I d2\n.T\nHeat.\n"
        ".I d3\nSlabs\n in lines.\n.A\nNobody\n"
    )
    (tmp_path / "WINGS.QRY").write_text(".I 004\n.W\nwhat of wings\n.I 009\n.W\nwhat of heat\n")
    (tmp_path / "WINGS.REL").write_text("1 d1 4\n2 d2 -1\n")
    found = judged.read(tmp_path)
    assert found.documents["d1"] == judged.Document("Wing flow", "In a slipstream < here.")
    assert found.documents["d2"] == judged.Document("", "Heat.")
    assert found.documents["d3"] == judged.Document("", "Slabs in lines.")
    assert found.relevant == {"004": {"d1": 1}, "009": {"d2": 1}}


def test_lists_without_grades_and_names_with_zeros(tmp_path):
    (tmp_path / "docs.json").write_text(
        json.dumps({"7": "wings", "8": {"title": "Heat", "text": "of slabs"}}, indent=1)
    )
    (tmp_path / "query.text").write_text(".I 1\n.W\nwhat of wings\n.I 12\n.W\nwhat of heat\n")
    (tmp_path / "qrels.text").write_text("01 0007  0 0\n12 0008  0 0\n")
    found = judged.read(tmp_path)
    assert found.documents["8"] == judged.Document("Heat", "of slabs")
    assert found.relevant == {"1": {"7": 1}, "12": {"8": 1}}


def test_judgements_in_lines_of_json(tmp_path):
    (tmp_path / "docs.jsonl").write_text('{"doc_id": "a", "text": "wings"}\n')
    (tmp_path / "queries.jsonl").write_text('{"query_id": "q", "text": "what of wings"}\n')
    (tmp_path / "qrels.jsonl").write_text('{"query_id": "q", "doc_id": "a", "relevance": 2, "iteration": "0"}\n')
    assert judged.read(tmp_path).relevant == {"q": {"a": 2}}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [("docs.jsonl", "{broken\n", "begins like JSON"), ("qrels.txt", "other 0 d 1\n", "are their names the same")],
)
def test_what_is_wrong_with_a_collection_is_said(tmp_path, name, text, said):
    (tmp_path / "docs.jsonl").write_text('{"id": "a", "text": "wings"}\n')
    (tmp_path / "queries.jsonl").write_text('{"id": "q", "text": "what of wings"}\n')
    (tmp_path / "qrels.txt").write_text("q 0 a 1\n")
    (tmp_path / name).write_text(text)
    with pytest.raises(Misused, match=said):
        judged.read(tmp_path)


def test_a_ratio_to_nothing_is_valid_json():
    told = Outcome("search", [compare("x", "recall@10", [1.0], {"BM25": [0.0]})]).as_json()
    assert "Infinity" not in json.dumps(told)
    assert {"method", "baselines", "ratio", "interval", "n"} <= told.keys()


def test_forums_are_read_as_communities(tmp_path):
    posts = [
        forums.post(1, "mira", "Which?"),
        forums.post(2, "otto", "Steel."),
        forums.post(3, "ann", "Yes.", reply_to_post_number=2),
    ]
    (tmp_path / "1.json").write_text(json.dumps(forums.topic(posts=posts, accepted_answer={"post_number": 2})))
    (tmp_path / "2.json").write_text(json.dumps(forums.topic(2, archetype="private_message")))
    found = communities.read([str(tmp_path)])
    (question,) = found.questions
    assert (question.title, question.topics) == ("Which smoker lasts?", ("smoke",))
    (answer,) = question.answers
    assert (answer.is_accepted, answer.score, answer.author.split()[-1]) == (True, 2, "otto")
    assert [touch.person.split()[-1] for touch in question.touches] == ["ann"]

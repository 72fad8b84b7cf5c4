"""What cannot be measured on some communities, said in sentences beside the numbers."""

from __future__ import annotations

from watercooler.config.evaluation.organisation import Organisation

FEW = 30
"""Fewer cases than this say little, whatever the interval."""


def limits(organisation: Organisation) -> list[str]:
    """Return a sentence for each thing that is not known of these communities, and what it does to the numbers."""
    questions = organisation.questions
    answers = [answer for question in questions for answer in question.answers]
    said = without_topics(organisation)
    if not any(answer.is_accepted for answer in answers):
        said.append("No answer here is known to be accepted: who knew is told from scores and likes alone.")
    if not any(answer.score for answer in answers):
        said.append("No answer here has a score or a like: who knew is told from acceptance alone.")
    elif any(answer.votes is None for answer in answers):
        said.append("Not all votes here say when they were given: there the ranking by votes sees how it ended.")
    posts = sum(not question.is_question for question in questions)
    if posts:
        said.append(
            f"{posts:,} of {len(questions):,} topics are no questions to the product, but posts with comments below "
            "them, as an import makes them. They are asked as well."
        )
    return said


def without_topics(organisation: Organisation) -> list[str]:
    """Return a sentence if nothing has a topic."""
    has_some = any(question.topics for question in organisation.questions)
    return [] if has_some else ["No question here has topics: rankings by topics find nothing, and ours has words."]


def few(count: int, what: str) -> list[str]:
    """Return a sentence if there are too few cases to lean on."""
    return [f"Only {count} {what}: too few to lean on."] if count < FEW else []

"""What a second encoder or a reranker is worth as a vote, at each margin below which it is asked.

    python -m tests.benchmarks.votes LIBRARY [--second MODEL] [--reranker MODEL] [QUESTIONS.jsonl …]

LIBRARY is a folder of editions built with the default encoder; without QUESTIONS the golden ones are asked. A margin of
0 is the judge alone, one of 1.1 asks about every question.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from indexer.keeping.remembered import RememberingEncoder
from indexer.looking import look_in
from indexer.measuring.evaluate import golden_questions, read_questions
from indexer.measuring.scorecard import scorecard
from knowledge.encoder import SentenceTransformerEncoder
from knowledge.store.folder import Library
from knowledge.voting import ballot
from knowledge.voting.voters import EncoderVoter, RerankerVoter

MARGINS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 1.1)
FIGURES = ("quoted_right", "quoted_wrong", "reachable", "quoted")


def main() -> None:
    """Ask, and print one line for each margin."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("questions", type=Path, nargs="*")
    parser.add_argument("--second", default="")
    parser.add_argument("--reranker", default="")
    given = parser.parse_args()
    voters: list[ballot.Voter] = []
    if given.second:
        voters.append(EncoderVoter(RememberingEncoder(SentenceTransformerEncoder(given.second), None)))
    if given.reranker:
        voters.append(RerankerVoter(given.reranker))
    voting = ballot.Voting(tuple(voters))
    edition, encoder = Library(given.library).edition(), RememberingEncoder(SentenceTransformerEncoder(), None)
    for file in given.questions or [None]:
        asked = read_questions(file) if file else golden_questions()
        for margin in MARGINS:
            ballot.THIN = margin
            figures = scorecard(asked, look_in(edition, encoder, voting=voting)).as_json()["figures"]
            told = (
                f"{kind} {name} {one['count']}/{one['of']}"
                for kind, of_kind in figures.items()
                for name, one in of_kind.items()
                if name in FIGURES
            )
            print(f"{file.name if file else 'golden'} below {margin}: {', '.join(told)}", flush=True)


if __name__ == "__main__":
    main()

"""How good a library answers: questions with known answers, retrieval sets, the golden gate, fitting the judge."""

"""Study mode: questions made from the documents, spaced repetition, one learner's progress. No web in here."""

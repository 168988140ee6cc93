"""Fitting what is learned from questions: ranking weights and when to answer. Development half only."""

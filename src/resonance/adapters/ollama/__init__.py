"""Ollama, a server of models on one's own machine: vectors of texts, and answers of language models."""

from __future__ import annotations

from resonance.adapters.ollama.embedder import OllamaEmbedder
from resonance.adapters.ollama.planner import OllamaPlanner
from resonance.adapters.ollama.reader import OllamaReader

__all__ = ["OllamaEmbedder", "OllamaPlanner", "OllamaReader"]

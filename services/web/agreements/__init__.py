"""Agreements: what was promised against what happened, and each partner's approval."""

"""The few plain words that every domain speaks: who asks, what was decided, what was refused.

Standard library only, so that a domain may import it and stay a domain.
"""

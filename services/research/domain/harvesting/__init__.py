"""The rules of OAI-PMH 2.0, by which catalogues harvest what is public.

Source: The Open Archives Initiative Protocol for Metadata Harvesting, 2.0; OpenAIRE Guidelines for CRIS Managers 1.2.
"""

"""What a docs repository's own files ask of pull requests, and where they say so. Pure."""

from docbot.policies.files import LARGEST, policy_files
from docbot.policies.gathered import Policies, policies_of
from docbot.policies.values import Kind, Meaning, Policy

__all__ = ["LARGEST", "Kind", "Meaning", "Policies", "Policy", "policies_of", "policy_files"]

from enum import StrEnum
class Decline(StrEnum):
    INTELLIGENCE = "intelligence"
    SYSTEM_LOOKUP = "system_lookup"
    PROMPT_TRICK = "prompt_trick"
    FALSIFY = "falsify"
    HR = "hr"
    IT = "it"
    COMPLAINT = "complaint"
    LEGAL_ADVICE = "legal_advice"
    POLITICS = "politics"
    OFF_TOPIC = "off_topic"
def declined(text: str) -> Decline | None:
    return None

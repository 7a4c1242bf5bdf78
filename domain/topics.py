"""The closed list of topics: few enough to choose from by button, complete enough for municipal life."""

from enum import StrEnum


class Topic(StrEnum):
    TOS = "tos"
    GOVERNANCE = "governance"
    CONTESTS_GRANTS = "contests_grants"
    FORUMS_MEETINGS = "forums_meetings"
    HOUSING_UTILITIES = "housing_utilities"
    ROADS_TRANSPORT = "roads_transport"
    IMPROVEMENT_ECOLOGY = "improvement_ecology"
    SAFETY_EMERGENCY = "safety_emergency"
    HEALTH = "health"
    EDUCATION_YOUTH = "education_youth"
    CULTURE_LEISURE = "culture_leisure"
    SPORT = "sport"
    SOCIAL_SUPPORT = "social_support"
    ECONOMY_BUSINESS = "economy_business"
    LAW_DOCUMENTS = "law_documents"

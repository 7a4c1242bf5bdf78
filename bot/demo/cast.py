"""Who is on stage in the demo. Everybody is made up."""

from sandbox.cast import Cast, Player, Stage, Town

KHAKASSIA = "95000000"
SAYANOGORSK = "95708000"
ABAKAN = "95701000"
TOMSK_REGION = "69000000"
TOMSK = "69701000"
NOVGOROD_REGION = "49000000"

ANNA = 1001
VIKTOR = 1002
ELENA = 1003
TOS_CHAT = -1_000_000_002_001
CHANNEL = -1_000_000_002_002

NEIGHBOURS = range(700_001, 700_401)
"""People without a column of their own: an announcement takes its time to reach them all."""

CAST = Cast(
    people=(
        Player(ANNA, "Анна Миронова", "жительница", "anna_mironova"),
        Player(VIKTOR, "Виктор Дёмин", "председатель ТОС", "viktor_tos"),
        Player(ELENA, "Елена Ковалёва", "администратор", "elena_sovet"),
    ),
    stages=(
        Stage(
            TOS_CHAT,
            "supergroup",
            "ТОС «Енисейский»",
            {VIKTOR: "creator", ANNA: "member"},
            bot="member",
            topics=("Объявления", "Двор и площадка"),
        ),
        Stage(
            CHANNEL,
            "channel",
            "Совет муниципальных образований",
            {ELENA: "creator", VIKTOR: "member"},
            bot="administrator",
            username="sovet_obrazets",
        ),
    ),
    towns=(
        Town("Саяногорск", 53.1008, 91.4122),
        Town("Абакан", 53.7156, 91.4292),
        Town("Томск", 56.4977, 84.9744),
        Town("Боровичи", 58.3878, 33.9155),
    ),
)

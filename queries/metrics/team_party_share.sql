-- metric: team_party_share
-- title:  各队中的党员
-- grain:  part
-- unit:   share
-- basis:  台账
-- persons: part, whole
-- trace:  part = distinct person of roll where (community, person) IN (SELECT community, person FROM party)
-- trace:  whole = distinct person of roll
-- trace:  value = part / whole
--
-- 期末义工名册上每个队的人数、其中的党员人数和两者之比。怎样算党员，与“义工中的党员”相同；一个人在任何一队填了政治面貌，在各队都算。
-- 参加两个队的人在两个队各算一次，因此各队相加可能多于全社区的人数。

WITH
roll AS (
    SELECT community, team, batch, row, person, name, phone_key, politics
    FROM core.volunteer
    WHERE period_end = $period_end
),
members AS (
    SELECT community, person, name, phone_key
    FROM core.member_line
    WHERE period_end = $period_end
),
party AS (
    SELECT community, person
    FROM roll
    WHERE politics IN ('中共党员', '中共正式党员', '中共预备党员', '党员', '正式党员', '预备党员', '共产党员', '中国共产党员', '中国共产党党员')
    UNION
    SELECT roll.community, roll.person
    FROM roll
    JOIN members ON members.community = roll.community AND members.person = roll.person
    UNION
    SELECT roll.community, roll.person
    FROM roll
    JOIN members
        ON members.community = roll.community
        AND members.name = roll.name
        AND members.phone_key = roll.phone_key
),
totals AS (
    SELECT
        roll.community,
        roll.team,
        COUNT(DISTINCT party.person) AS part,
        COUNT(DISTINCT roll.person) AS whole
    FROM roll
    LEFT JOIN party ON party.community = roll.community AND party.person = roll.person
    GROUP BY roll.community, roll.team
)
SELECT
    community,
    team,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value
FROM totals
ORDER BY community, team

-- metric: volunteer_party_share
-- title:  义工中的党员
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = distinct person of roll where (community, person) IN (SELECT community, person FROM party)
-- trace:  whole = distinct person of roll
-- trace:  value = part / whole
-- trace:  unfilled = distinct person of roll where (community, person) NOT IN (SELECT community, person FROM known)
--
-- 期末义工名册上的人里有多少是党员：政治面貌填的是中共党员、中共正式党员、中共预备党员、党员、正式党员、预备党员、共产党员、中国共产党员或中国共产党党员的，
-- 或者在本社区同期党员名册上、证件号相同或姓名电话都相同的，都算。只有姓名相同的不算。参加两个队的人只算一人。
-- 既没有填政治面貌、又对不上党员名册的人另列一数，仍在分母里，因此占比可能偏低。没有交义工名册的社区不列出。

WITH
roll AS (
    SELECT community, batch, row, person, name, phone_key, politics
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
known AS (
    SELECT community, person FROM party
    UNION
    SELECT community, person FROM roll WHERE politics IS NOT NULL
),
totals AS (
    SELECT
        roll.community,
        COUNT(DISTINCT party.person) AS part,
        COUNT(DISTINCT roll.person) AS whole,
        COUNT(DISTINCT roll.person) - COUNT(DISTINCT known.person) AS unfilled
    FROM roll
    LEFT JOIN party ON party.community = roll.community AND party.person = roll.person
    LEFT JOIN known ON known.community = roll.community AND known.person = roll.person
    GROUP BY roll.community
)
SELECT
    community,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value,
    CAST(unfilled AS BIGINT) AS unfilled
FROM totals
ORDER BY community

-- metric: members_by_group
-- title:  各党小组党员
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: members
-- trace:  members = distinct person of roll
--
-- 期末党员名册上的直管党员按所属党小组计数，预备党员也在内，同一人只算一次。在职和流动党员不编入党小组，不计入。
-- 名册上没有填党小组的直管党员列在“未编组”一行，各行之和等于直管党员总数。

WITH
roll AS (
    SELECT community, batch, row, person, COALESCE(party_group, '未编组') AS party_group
    FROM core.member
    WHERE period_end = $period_end AND kind = '直管'
),
totals AS (
    SELECT community, party_group, COUNT(DISTINCT person) AS members
    FROM roll
    GROUP BY community, party_group
)
SELECT
    community,
    party_group,
    CAST(members AS BIGINT) AS members
FROM totals
ORDER BY
    community,
    CASE WHEN party_group = '未编组' THEN 1 ELSE 0 END,
    TRY_CAST(regexp_extract(party_group, '[0-9]+') AS BIGINT) NULLS LAST,
    strpos('一二三四五六七八九十', NULLIF(regexp_extract(party_group, '[一二三四五六七八九十]'), '')) NULLS LAST,
    party_group
